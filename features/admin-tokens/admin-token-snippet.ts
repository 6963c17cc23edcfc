import { MACHINE_API_BASE } from '@/contracts/paths'

/**
 * The call by which a back end gets the admin token, for a shell in which KEYRACK_MACHINE_KEY is set. The key goes by a pipe:
 * in an argument whoever lists the machine's processes would read it.
 */
export function adminTokenSnippet(publicUrl: string, apiClientId: string): string {
  return `printf 'Authorization: Bearer %s' "$KEYRACK_MACHINE_KEY" |\n  curl -sS --fail-with-body --header @- ${publicUrl}${MACHINE_API_BASE}/api-clients/${apiClientId}/admin-token`
}
