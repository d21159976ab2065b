/** A real Chromium for tests: unpacked once per version into the user's cache, with Chinese glyphs, nothing to install. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'

const run = promisify(execFile)
const require = createRequire(import.meta.url)

/** Only what a container needs and what keeps the browser off the network: never a flag that weakens CORS or CSP. */
const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--headless',
]

/** FORMLOOM_BROWSER names another Chromium. Example: `const browser = await launchBrowser(); … await browser.close()` */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['FORMLOOM_BROWSER']
  const fonts = await writeFontConfiguration()
  if (given !== undefined) return launch(given, { FONTCONFIG_FILE: fonts })
  const folder = await unpackBrowser()
  return launch(join(folder, 'chromium'), { FONTCONFIG_FILE: fonts, LD_LIBRARY_PATH: join(folder, 'lib') })
}

function launch(executablePath: string, extra: Record<string, string>): Promise<Browser> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const env = { ...Object.fromEntries(inherited), ...extra }
  return chromium.launch({ executablePath, args: launchArguments, env })
}

/** Folder with `chromium` and `lib/`; another process that unpacks at the same time does no harm. */
export async function unpackBrowser(): Promise<string> {
  const source = packageFolder('@sparticuz/chromium')
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  const target = join(cacheFolder(), `chromium-${version}-${process.platform}-${process.arch}`)
  if (existsSync(join(target, 'chromium'))) return target
  const staging = await createStaging(target)
  await unpackInto(staging, join(source, 'bin'))
  await publish(staging, target)
  return target
}

async function unpackInto(folder: string, packed: string): Promise<void> {
  const libraries = join(folder, 'libraries.tar')
  await decompress(join(packed, 'al2023.tar.br'), libraries)
  await run('tar', ['--no-same-owner', '-xf', libraries, '-C', folder])
  await rm(libraries)
  await decompress(join(packed, 'chromium.br'), join(folder, 'chromium'))
  await chmod(join(folder, 'chromium'), 0o755)
}

function decompress(from: string, to: string): Promise<void> {
  return pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to))
}

/** A bare Debian has no Chinese font; this one makes the browser find those that npm brought along. */
async function writeFontConfiguration(): Promise<string> {
  const fonts = join(packageFolder('@embedpdf/fonts-sc'), 'fonts')
  const cache = join(cacheFolder(), 'fonts')
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>${escapeXml(fonts)}</dir>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Noto Sans S Chinese</family><family>DejaVu Sans</family></prefer></alias>
  <cachedir>${escapeXml(cache)}</cachedir>
</fontconfig>
`
  const target = join(cacheFolder(), `fonts-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.conf`)
  if (existsSync(target)) return target
  await mkdir(cache, { recursive: true })
  const staging = `${target}.${process.pid}`
  await writeFile(staging, text)
  await rename(staging, target)
  return target
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

async function createStaging(target: string): Promise<string> {
  await mkdir(dirname(target), { recursive: true })
  return mkdtemp(`${target}-`)
}

async function publish(staging: string, target: string): Promise<void> {
  await rename(staging, target).catch(async (error: unknown) => {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(join(target, 'chromium'))) throw error
  })
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'formloom')
}

function packageFolder(name: string): string {
  const candidates = require.resolve.paths(name) ?? []
  const found = candidates.map((folder) => join(folder, name)).find((folder) => existsSync(folder))
  if (found === undefined) throw new Error(`${name} is not installed: run npm test, which installs what is missing.`)
  return found
}
