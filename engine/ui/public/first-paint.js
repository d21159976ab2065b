// Sets theme and language before the first paint; an external file, because the content policy allows no inline script.
;(() => {
  var root = document.documentElement
  var chosen = null
  var locale = null
  try {
    chosen = localStorage.getItem('formloom.theme')
    locale = localStorage.getItem('formloom.locale')
  } catch {
    root.dataset.storage = 'none'
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'dark' : 'light'
  root.lang = locale || (/^zh/i.test(navigator.language) ? 'zh-CN' : 'en')
})()
