import { Secret } from './secret'

declare const kind: unique symbol
type Kind<K extends string> = Secret & { readonly [kind]: K }

/** Bearer of one connection. Never interchangeable with an {@link AdminToken}: the compiler refuses it. */
export type AccessToken = Kind<'access'>
export type RefreshToken = Kind<'refresh'>
/** Bearer of the API client itself, from ApiLogin. */
export type AdminToken = Kind<'admin'>
export type ClientSecret = Kind<'client_secret'>
export type AuthorizationCode = Kind<'authorization_code'>
/** Key of Octorate's deprecated API. */
export type OldApiKey = Kind<'old_api_key'>

export const accessToken = (value: string) => Secret.of(value) as AccessToken
export const refreshToken = (value: string) => Secret.of(value) as RefreshToken
export const adminToken = (value: string) => Secret.of(value) as AdminToken
export const clientSecret = (value: string) => Secret.of(value) as ClientSecret
export const authorizationCode = (value: string) => Secret.of(value) as AuthorizationCode
export const oldApiKey = (value: string) => Secret.of(value) as OldApiKey
