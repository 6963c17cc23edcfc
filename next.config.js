/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks types and lint; a start that builds need not do it again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['pg', 'pino', '@node-rs/argon2', '@prisma/client', '@prisma/adapter-pg', 'undici'],
  devIndicators: false,
  // Pages are loaded when somebody first opens them: most processes never show most of them.
  experimental: { preloadEntriesOnStart: false },
}
