/** The live list with its filters, and the drawer that tells one request whole. */
export { Drawer } from './drawer/drawer.tsx'
export { type Filters, filtersFrom, KINDS, NO_FILTERS, queryOf } from './filters.ts'
export { Requests } from './list.tsx'
