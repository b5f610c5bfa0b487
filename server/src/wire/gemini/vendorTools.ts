/** Tools that the vendor runs, by their names in `tools[]`. Field names: the vendor's SDK types, as of 2026. */
export const VENDOR_TOOLS: readonly string[] = [
  'googleSearch',
  'googleSearchRetrieval',
  'googleMaps',
  'urlContext',
  'codeExecution',
  'fileSearch',
  'computerUse',
  'enterpriseWebSearch',
  'retrieval',
  'mcpServers',
]
