/*
 * What looks like a credential in text that others wrote. Bounded, linear patterns: the text may be hostile.
 * Vendors echo keys in their errors, some with stars in the middle; those are masked too.
 */
const PATTERNS: readonly RegExp[] = [
  /\b(?:sk|pk|rk|gsk|fw|tgp|hf|nvapi|xai|r8)[-_][A-Za-z0-9_*•.-]{6,}/gi,
  /\bcw-[A-Za-z0-9_-]{12,}/g,
  /\bbearer\s+[^\s"',;}]{6,}/gi,
  /\bAIza[A-Za-z0-9_-]{10,}/g,
  /\bA[KS]IA[A-Z0-9]{12,}/g,
  /[A-Za-z0-9_-]{2,40}\*{3,}[A-Za-z0-9_-]*/g,
  /\bya29\.[A-Za-z0-9_.-]{10,}/g,
  /\bbce-v3\/[A-Za-z0-9_/-]{10,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}[A-Za-z0-9_.-]*/g,
  /\b(?=[A-Za-z_-]{0,80}\d)(?=[0-9_-]{0,80}[A-Za-z])[A-Za-z0-9_-]{32,}/g,
]

/** The text with everything that looks like a credential replaced by `[masked]`. */
export const maskSecrets = (text: string): string =>
  PATTERNS.reduce((masked, pattern) => masked.replace(pattern, '[masked]'), text)
