/** A pair of addresses that this server is allowed to call; organizations choose one by its id and can't type any. */
export interface Upstream {
  readonly id: string
  readonly label: string
  /** Scheme, host and path before `/octobook/…`, without a slash at the end. */
  readonly backOfficeBase: string
  /** Scheme, host and path before `/rest/…`, without a slash at the end. */
  readonly apiBase: string
  /** True for the sandbox beside the console: its tokens are accepted from there and nowhere else. */
  readonly sandbox: boolean
}
