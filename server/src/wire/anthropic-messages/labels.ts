/*
 * Blocks that only this dialect's vendor understands, in words that complete "it holds …". A block that nobody
 * knows is told by its type.
 */

const LABELS: Readonly<Record<string, string>> = {
  server_tool_use: 'a call of a tool that its vendor runs',
  mcp_tool_use: 'a call of an MCP server by its vendor',
  mcp_tool_result: 'an MCP server’s result to its vendor',
  mcp_tool_listing: 'an MCP server’s tools as its vendor lists them',
  container_upload: 'a file in its vendor’s container',
  compaction: 'a summary of earlier turns that its vendor made',
  tool_addition: 'a tool that is added in mid-conversation',
  tool_removal: 'a tool that is removed in mid-conversation',
}

const RESULT =
  /^(?:web_search|web_fetch|code_execution|bash_code_execution|text_editor_code_execution|tool_search|advisor)_tool_result$/

/** What a block of this type is, for people. */
export const labelOf = (type: unknown): string => {
  if (typeof type !== 'string') return 'a block without a type'
  if (RESULT.test(type)) return 'a result of a tool that its vendor ran'
  return Object.hasOwn(LABELS, type) ? (LABELS[type] ?? '') : `a block of type ${type.slice(0, 40)}`
}
