import type { ApiConfigurationDetail, ConfigurationChangeInput } from '@/contracts/api-configuration'
import { CATEGORIES } from '@/contracts/api-configuration'

/** The form as it stands. */
export interface ConfigurationValues {
  readonly applicationName: string
  readonly category: string
  readonly iconUrl: string
  readonly listedToAllUsers: boolean
  readonly descriptions: readonly { readonly language: string; readonly text: string }[]
}

export function valuesOf(live: ApiConfigurationDetail): ConfigurationValues {
  return {
    applicationName: live.applicationName ?? '',
    category: live.category ?? '',
    iconUrl: '',
    listedToAllUsers: live.listedToAllUsers ?? false,
    descriptions: Object.entries(live.descriptions).map(([language, text]) => ({ language, text })),
  }
}

/** Only the fields that differ from what Octorate has; an icon only when an address was given. */
export function changeOf(values: ConfigurationValues, live: ApiConfigurationDetail): ConfigurationChangeInput {
  const name = values.applicationName.trim()
  const category = CATEGORIES.find((each) => each === values.category)
  const descriptions = Object.fromEntries(values.descriptions.map(({ language, text }) => [language.trim().toUpperCase(), text]))
  return {
    ...(name !== '' && name !== live.applicationName ? { applicationName: name } : {}),
    ...(category !== undefined && category !== live.category ? { category } : {}),
    ...(values.iconUrl.trim() === '' ? {} : { iconUrl: values.iconUrl.trim() }),
    ...(values.listedToAllUsers === (live.listedToAllUsers ?? false) ? {} : { listedToAllUsers: values.listedToAllUsers }),
    ...(isSame(descriptions, live.descriptions) ? {} : { descriptions }),
  }
}

/** What the person saw in the fields that change: the server sends nothing when Octorate has something else by now. */
export function seenOf(live: ApiConfigurationDetail) {
  const { applicationName, category, iconName, listedToAllUsers, descriptions } = live
  return { applicationName, category, iconUrl: iconName, listedToAllUsers, descriptions }
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
