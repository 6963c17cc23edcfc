// Stands in for `server-only` outside Next: nothing to import.
export default null
