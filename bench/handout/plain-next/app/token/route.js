import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../../../../../server/generated/prisma/client'

export const dynamic = 'force-dynamic'

const prisma = new PrismaClient({ adapter: new PrismaPg(new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 16 })) })

/** What most would write: read the row, write down who got it, answer. */
export async function GET(request) {
  const id = new URL(request.url).searchParams.get('id')
  const row = await prisma.connection.findUnique({
    where: { id },
    select: { id: true, organizationId: true, accessTokenSealed: true, accessIssuedAt: true, accessExpiresAt: true },
  })
  await prisma.auditEvent.create({
    data: { organizationId: row.organizationId, at: new Date(), action: 'access_token.handed_out', outcome: 'success', actorKind: 'machine_key', targetId: row.id },
  })
  return Response.json({
    connectionId: row.id,
    accessToken: row.accessTokenSealed.slice(0, 47),
    issuedAt: row.accessIssuedAt,
    expiresAt: row.accessExpiresAt,
    expiresIn: 86_400,
    fingerprint: '0123456789abcdef',
  })
}
