/** Whatever has the shape of one of Octorate's secrets or tokens, or of one of our keys, becomes `••••`. */
export function maskSecretShapes(text: string): string {
  return text.replace(/\b(?:secret_|sbx_|kr[kt]_)[A-Za-z0-9_.-]{6,}/g, '••••')
}
