/** Where Octorate's guide puts the consent page below the back office. */
export const consentPath = '/octobook/identity/oauth.xhtml'
