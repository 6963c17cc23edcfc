import { MACHINE_API_BASE } from '@/contracts/paths'

export const SNIPPET_LANGUAGES = ['curl', 'node', 'python', 'php'] as const
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

interface Wanted {
  /** The console's own address. */
  readonly url: string
  readonly connection: { readonly id: string; readonly upstreamId: string; readonly isNetwork: boolean }
}

/** An id that means the same in an address and in a text of any of the languages. Others come from somebody odd. */
const PLAIN_ID = /^[\w.-]{1,100}$/

/**
 * Programs that ask for this connection's access token: by the property's id, which a back end has anyway, or by the
 * connection's where a token covers a network. The key is read from the environment and is in none of them.
 */
export function backEndSnippets({ url, connection }: Wanted): Record<SnippetLanguage, string> {
  const byProperty = !connection.isNetwork && PLAIN_ID.test(connection.upstreamId)
  const id = byProperty ? connection.upstreamId : connection.id
  const address = `${url}${MACHINE_API_BASE}/${byProperty ? 'properties' : 'connections'}/${id}/access-token?minTtl=60`
  return {
    curl: curl(address),
    node: node(url, `{ ${byProperty ? 'propertyId' : 'connectionId'}: '${id}' }`),
    python: python(address),
    php: php(address),
  }
}

const curl = (address: string) => `# Piped, because every argument of a program is seen by everybody on its machine.
printf 'Authorization: Bearer %s' "$KEYRACK_MACHINE_KEY" |
  curl --silent --show-error --fail-with-body --retry 3 --header @- \\
    '${address}'
`

const node = (url: string, target: string) => `// npm install ./keyrack-client-0.1.0.tgz
import { env } from 'node:process'
import { createKeyrackClient } from 'keyrack-client'

// One for the whole process: it keeps tokens, and goes on for hours while Keyrack is down.
const keyrack = createKeyrackClient({ url: '${url}', key: env.KEYRACK_MACHINE_KEY })

const token = await keyrack.getAccessToken(${target})
// token.value goes to Octorate, or let keyrack.fetchWithToken(${target}, …) do all of it.
`

const python = (address: string) => `import json, os, urllib.error, urllib.request


def access_token():
    request = urllib.request.Request(
        '${address}',
        headers={'Authorization': 'Bearer ' + os.environ['KEYRACK_MACHINE_KEY']},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)['accessToken']
    except urllib.error.HTTPError as refusal:
        problem = json.load(refusal)
        # 503: try again after problem['retryAfterSeconds']. reconnect_required: only the hotelier can repair it.
        raise RuntimeError(f"{problem['code']}, request {problem['requestId']}") from None
`

const php = (address: string) => `<?php

function access_token(): string
{
    $call = curl_init('${address}');
    curl_setopt_array($call, [
        CURLOPT_HTTPHEADER => ['Authorization: Bearer ' . getenv('KEYRACK_MACHINE_KEY')],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 30,
    ]);
    $body = curl_exec($call);
    if ($body === false) {
        throw new RuntimeException('Keyrack does not answer: ' . curl_error($call));
    }
    $answer = json_decode($body, true, 16, JSON_THROW_ON_ERROR);
    if (curl_getinfo($call, CURLINFO_RESPONSE_CODE) !== 200) {
        // 503: try again after $answer['retryAfterSeconds']. reconnect_required: only the hotelier can repair it.
        throw new RuntimeException("{$answer['code']}, request {$answer['requestId']}");
    }
    return $answer['accessToken'];
}
`
