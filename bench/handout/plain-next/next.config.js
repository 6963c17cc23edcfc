import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..') },
  serverExternalPackages: ['pg', '@prisma/client', '@prisma/adapter-pg'],
}
