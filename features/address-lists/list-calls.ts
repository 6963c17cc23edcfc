import type { z } from 'zod'
import type {
  AddressCheck, addEntryInput, addressListSchema, changeEntryInput, exportQuery, exportSchema, importInput, ImportPreview,
  importPreviewInput, removeEntriesInput,
} from '@/contracts/address-lists'

/** What both lists of addresses are, whatever else each of them is. */
export type AddressList = z.infer<typeof addressListSchema>

export type ExportFormat = z.input<typeof exportQuery>['format']

/** How the browser reads and changes one list: the same acts for Octorate's list and for a key's restriction. */
export interface ListCalls {
  /** Under which the list is in the query cache. */
  readonly queryKey: readonly unknown[]
  add(body: z.input<typeof addEntryInput>): Promise<AddressList>
  change(given: { entryId: string; body: z.input<typeof changeEntryInput> }): Promise<AddressList>
  remove(body: z.input<typeof removeEntriesInput>): Promise<AddressList>
  order(entryIds: string[]): Promise<AddressList>
  review(entryIds: string[]): Promise<AddressList>
  preview(body: z.input<typeof importPreviewInput>): Promise<ImportPreview>
  bringIn(body: z.input<typeof importInput>): Promise<AddressList>
  takeOut(format: ExportFormat): Promise<z.infer<typeof exportSchema>>
  merge(revision: number): Promise<AddressList>
  check(address: string): Promise<AddressCheck>
}
