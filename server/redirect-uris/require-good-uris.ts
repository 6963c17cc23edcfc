import 'server-only'
import { checkRedirectUri } from '@/lib/oauth/redirect-uri-rules'
import { AppError } from '../http/app-error'

/** Octorate would refuse them. @throws AppError `invalid_input` naming each address by its place and the rule that it breaks */
export function requireGoodUris(uris: readonly string[], { path, allowLoopbackHttp }: { path: string; allowLoopbackHttp: boolean }): void {
  const issues = uris.flatMap((uri, index) =>
    checkRedirectUri(uri, { allowLoopbackHttp })
      .filter(({ level }) => level === 'error')
      .map(({ code }) => ({ path: `${path}.${index}`, message: code })),
  )
  if (issues.length > 0) throw new AppError('invalid_input', { issues })
}
