/** Language and theme, in one click each. */
import { Button, IconButton } from '../parts/button.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { chooseLocale, chooseTheme, locale, theme } from './preferences.ts'

export function LanguageButton({ compact }: { readonly compact?: boolean }) {
  const t = useText()
  const chinese = useSignal(locale) === 'zh-CN'
  const toggle = () => chooseLocale(chinese ? 'en' : 'zh-CN')
  if (compact) return <IconButton icon="language" label={t('language')} onClick={toggle} />
  return (
    <Button small look="quiet" icon="language" aria-label={t('language')} title={t('language')} onClick={toggle}>
      {chinese ? 'EN' : '中'}
    </Button>
  )
}

export function ThemeButton() {
  const t = useText()
  const dark = useSignal(theme) === 'dark'
  return (
    <IconButton
      icon={dark ? 'sun' : 'moon'}
      label={t(dark ? 'theme_light' : 'theme_dark')}
      onClick={() => chooseTheme(dark ? 'light' : 'dark')}
    />
  )
}
