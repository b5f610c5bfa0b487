/** The dialect does not say of which type an image is; the first bytes, in base64, do. */
export const imageMime = (data: string): string | null => {
  if (data.startsWith('iVBOR')) return 'image/png'
  if (data.startsWith('/9j/')) return 'image/jpeg'
  if (data.startsWith('R0lGOD')) return 'image/gif'
  return data.startsWith('UklGR') ? 'image/webp' : null
}
