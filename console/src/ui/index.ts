/** Pieces that know no noun of the product: controls, notices, numbers as text. */
export { Button, CopyButton, Search, Segments, Select } from './controls.tsx'
export { Panel } from './panel.tsx'
export { Chip, CodeBlock, Hidden, Meter, Notice } from './pieces.tsx'
