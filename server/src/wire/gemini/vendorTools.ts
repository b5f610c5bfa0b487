/** Tools that the vendor runs, by their names in `tools[]`. Field names: the vendor's SDK types, as of 2026. */
export const VENDOR_TOOLS: readonly string[] = [
  'googleSearch',
  'googleSearchRetrieval',
  'googleMaps',
  'urlContext',
  'codeExecution',
  'fileSearch',
  'enterpriseWebSearch',
  'retrieval',
  'mcpServers',
]

/** Of the vendor's making, and run by the client: the model was taught them, and another was not. */
export const CLIENT_TOOLS: readonly string[] = ['computerUse']
