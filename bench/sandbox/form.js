/** Sends a form; follows no redirect. @returns status, headers, the JSON body (or null) and the text */
export async function sendForm(url, fields, headers = {}) {
  return read(await fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) }))
}

export async function sendJson(method, url, { body, headers = {} }) {
  const all = { 'content-type': 'application/json', ...headers }
  return read(await fetch(url, { method, redirect: 'manual', headers: all, body: JSON.stringify(body) }))
}

export async function get(url, headers = {}) {
  return read(await fetch(url, { redirect: 'manual', headers }))
}

async function read(answer) {
  const text = await answer.text()
  let body = null
  try {
    body = JSON.parse(text)
  } catch {
    // A page, or nothing.
  }
  return { status: answer.status, headers: answer.headers, text, body }
}
