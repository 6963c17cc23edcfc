/**
 * On a GET: nobody has touched the page since its last request, so this one keeps no session alive. Its value
 * says nothing, and whoever leaves it out can do no more than a click does. The front adds it to prefetches.
 */
export const UNATTENDED_HEADER = 'x-unattended'
