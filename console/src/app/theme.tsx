import { useState } from 'react'
import { Segments } from '../ui/index.ts'

type Theme = 'auto' | 'light' | 'dark'

const KEY = 'causeway-theme'

const CHOICES = [
  { value: 'auto', text: 'Auto' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
] as const satisfies readonly { value: Theme; text: string }[]

const current = (): Theme => {
  const { theme } = document.documentElement.dataset
  return theme === 'light' || theme === 'dark' ? theme : 'auto'
}

/** theme.js applies the choice before the first paint. */
const apply = (theme: Theme): void => {
  if (theme === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  try {
    if (theme === 'auto') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, theme)
  } catch {
    // A browser that keeps nothing still shows the theme until the page is left.
  }
}

export const ThemeChoice = () => {
  const [theme, setTheme] = useState(current)
  return (
    <Segments
      name="Theme"
      choices={CHOICES}
      value={theme}
      onChange={(chosen) => {
        apply(chosen)
        setTheme(chosen)
      }}
    />
  )
}
