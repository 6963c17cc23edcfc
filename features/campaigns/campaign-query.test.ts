import { expect, it } from 'vitest'
import { campaignHref, newCampaignForHref, newCampaignHref, parseCampaignFilter, parseChosenIds, parseRecipientQuery, toSelection } from './campaign-query'

const [A, B] = ['6f1c2a34-0b5d-4e6f-8a7b-9c0d1e2f3a4b', '7f1c2a34-0b5d-4e6f-8a7b-9c0d1e2f3a4c']

it('takes over the filters of the connections, and no order and no page', () => {
  expect(parseCampaignFilter({ status: 'reconnect_required', q: ' roma ', sort: 'name', cursor: 'x', apiClient: 'nonsense' })).toEqual({ status: 'reconnect_required', q: 'roma' })
  expect(newCampaignHref({ status: 'reconnect_required', q: 'a&b' })).toBe('/links/campaigns/new?status=reconnect_required&q=a%26b')
  expect(newCampaignHref({})).toBe('/links/campaigns/new')
})

it('reads back the connections that an address names, each once, and nothing that is no id', () => {
  const hash = newCampaignForHref([A, B, A]).split('new')[1] ?? ''
  expect(parseChosenIds(hash)).toEqual([A, B])
  expect(parseChosenIds(`#connections=${A},nonsense,`)).toEqual([A])
  expect([parseChosenIds('#connections='), parseChosenIds('#other'), parseChosenIds('')]).toEqual([null, null, null])
})

it('asks named connections, or else all that the filters find', () => {
  expect(toSelection({ q: 'roma' }, [A])).toEqual({ connectionIds: [A] })
  expect(toSelection({ q: 'roma' }, null)).toEqual({ filter: { q: 'roma' } })
})

it('keeps the part of a campaign that is shown in its address, so that it can be shared', () => {
  const parsed = parseRecipientQuery({ tab: 'phone', state: 'refused', page: '2', q: '' })
  expect(parsed).toEqual({ tab: 'phone', query: { state: 'refused', page: 2 } })
  expect(campaignHref(A, parsed)).toBe(`/links/campaigns/${A}?tab=phone&state=refused&page=2`)
  expect(campaignHref(A, parseRecipientQuery({ tab: 'nonsense', state: 'nonsense', page: '-1' }))).toBe(`/links/campaigns/${A}`)
})
