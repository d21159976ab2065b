/** What the application is for this caller: menu, forms, views; and the documents about the API itself. */
import { Type } from 'typebox'
import { exactly, formParams, json, jsonObject } from '../parts.ts'
import { defineRoute } from '../route.ts'

export const appRead = defineRoute({
  id: 'app.read',
  method: 'GET',
  url: '/api/app',
  auth: 'session',
  action: 'self',
  summary: 'Menu, forms and views of this user, filtered by policy; with an ETag',
  tagged: true,
  answers: { 200: jsonObject, 304: null },
  problems: [],
})

export const formsRead = defineRoute({
  id: 'forms.read',
  method: 'GET',
  url: '/api/forms/:form',
  auth: 'session',
  action: 'records',
  summary: 'The form as this user may see it',
  params: formParams,
  tagged: true,
  answers: { 200: jsonObject, 304: null },
  problems: ['not-found'],
})

export const openapiRead = defineRoute({
  id: 'openapi.read',
  method: 'GET',
  url: '/api/openapi.json',
  auth: 'session',
  action: 'self',
  summary: 'This document: OpenAPI 3.1, one schema per visible form',
  answers: { 200: jsonObject },
  problems: [],
})

export const docsRead = defineRoute({
  id: 'docs.read',
  method: 'GET',
  url: '/api/docs',
  auth: 'session',
  action: 'self',
  summary: 'The reference as a page for people',
  answers: { 200: null },
  media: ['text/html'],
  problems: [],
})

export const problemsRead = defineRoute({
  id: 'problems.read',
  method: 'GET',
  url: '/problems/:code',
  auth: 'public',
  action: 'look',
  summary: 'What a problem means and what to do',
  params: exactly({ code: Type.String({ maxLength: 60 }) }),
  answers: { 200: json },
  media: ['text/html'],
  problems: ['not-found'],
})

export const livezRead = defineRoute({
  id: 'livez.read',
  method: 'GET',
  url: '/livez',
  auth: 'public',
  action: 'look',
  summary: 'The process answers',
  answers: { 200: null },
  media: ['text/plain'],
  problems: [],
})

export const readyzRead = defineRoute({
  id: 'readyz.read',
  method: 'GET',
  url: '/readyz',
  auth: 'public',
  action: 'look',
  summary: 'Requests will be answered',
  answers: { 200: null },
  media: ['text/plain'],
  problems: ['unavailable'],
})
