/** The command line: definitions as files and back, records in, and proof that nothing was touched. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formloom } from '#tests/support/command-line.ts'

let root = ''
let env: { readonly FORMLOOM_DATA: string }
const place = (...parts: readonly string[]) => join(root, ...parts)
const definitions = () => place('definitions')
const both = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const bike = {
  kind: 'form',
  name: 'bike',
  label: both('Bike', '自行车'),
  fields: [
    { name: 'frame', type: 'text', label: both('Frame', '车架'), unique: true, required: true },
    { name: 'price', type: 'money', label: both('Price', '价格') },
    {
      name: 'tax',
      type: 'money',
      label: both('Tax', '税'),
      formula: { round: [{ '*': [{ var: 'price' }, 0.13] }, 2] },
    },
  ],
}

function writeDefinition(file: string, definition: unknown): void {
  mkdirSync(join(definitions(), file, '..'), { recursive: true })
  writeFileSync(join(definitions(), file), JSON.stringify(definition))
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'formloom-cli-'))
  env = { FORMLOOM_DATA: place('data') }
  const made = await formloom(
    env,
    'setup',
    '--login',
    'ada@example.com',
    '--name',
    'Ada',
    '--password',
    'correct horse battery staple',
  )
  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('Ada is admin') })
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('the words', () => {
  it('explain themselves', async () => {
    const overview = await formloom(env, '--help')
    expect(overview.code).toBe(0)
    for (const word of ['start', 'pack install <name>', 'verify', 'Exit codes:', 'FORMLOOM_DATA', 'default 8080'])
      expect(overview.out).toContain(word)
    const one = await formloom(env, 'push', '--help')
    expect(one.out).toContain('--dry-run')
    expect((await formloom(env, 'start', '--help')).out).toContain('DATABASE_URL')
  })

  it('are refused with exit code 2 when they are wrong', async () => {
    expect(await formloom(env, 'fly')).toMatchObject({ code: 2, error: expect.stringContaining('formloom --help') })
    expect(await formloom(env, 'pack')).toMatchObject({ code: 2, error: expect.stringContaining('pack list') })
    expect(await formloom(env, 'pull', '--wings')).toMatchObject({ code: 2 })
    expect(await formloom(env, 'import', 'bike')).toMatchObject({
      code: 2,
      error: expect.stringContaining('<file.csv|file.xlsx>'),
    })
    expect(await formloom({ ...env, DATABASE_URL: 'mysql://x' }, 'verify')).toMatchObject({ code: 2 })
    const wrong = await formloom({}, 'push', 'nowhere', '--bad', '--json')
    expect(wrong.code).toBe(2)
    expect(JSON.parse(wrong.out)).toMatchObject({ error: { code: 'usage' } })
  })

  it('keep the data folder to its owner, and refuse one that others may read', async () => {
    expect(statSync(place('data')).mode & 0o077).toBe(0)
    mkdirSync(place('open'), { mode: 0o755 })
    expect(await formloom({ FORMLOOM_DATA: place('open') }, 'pack', 'list')).toMatchObject({
      code: 1,
      error: expect.stringContaining('chmod 700'),
    })
  })
})

describe('people', () => {
  it('are added with their roles, once per login', async () => {
    const words = [
      'user',
      'add',
      '--login',
      'ben@example.com',
      '--name',
      'Ben',
      '--role',
      'builder',
      '--password',
      'wheels go round and round',
      '--json',
    ]
    const made = await formloom(env, ...words)
    expect(made.code).toBe(0)
    expect(JSON.parse(made.out)).toMatchObject({ login: 'ben@example.com', roles: ['builder'] })
    const again = await formloom(env, ...words)
    expect(again.code).toBe(3)
    expect(JSON.parse(again.out)).toMatchObject({ error: { code: 'not-unique' } })
    expect(
      await formloom(
        env,
        'setup',
        '--login',
        'x@example.com',
        '--name',
        'X',
        '--password',
        'wheels go round and round',
      ),
    ).toMatchObject({ code: 3 })
  })
})

describe('definitions as files', () => {
  it('go from pull over a change and a push to no difference', async () => {
    expect((await formloom(env, 'pack', 'install', 'base')).code).toBe(0)
    writeDefinition('forms/bike.json', bike)
    expect(await formloom(env, 'push', definitions())).toMatchObject({
      code: 2,
      error: expect.stringContaining('--yes'),
    })
    const pushed = await formloom(env, 'push', definitions(), '--yes')
    expect(pushed).toMatchObject({ code: 0, out: expect.stringContaining('+ Form Bike (bike): new') })

    const pulled = await formloom(env, 'pull', definitions())
    expect(pulled).toMatchObject({ code: 0, out: expect.stringContaining('1 written') })
    expect(readdirSync(definitions())).toEqual(['forms'])
    expect(await formloom(env, 'diff', definitions(), '--check')).toMatchObject({ code: 0 })

    const file = join(definitions(), 'forms', 'bike.json')
    const changed = JSON.parse(readFileSync(file, 'utf8'))
    changed.fields.push({ name: 'color', type: 'text', label: both('Colour', '颜色') })
    writeFileSync(file, JSON.stringify(changed))
    const differs = await formloom(env, 'diff', definitions(), '--check', '--json')
    expect(differs.code).toBe(1)
    expect(JSON.parse(differs.out).changes).toMatchObject([
      { change: 'added', pointer: '/fields/color', text: 'Form Bike (bike), field Colour (color): new' },
    ])

    expect(await formloom(env, 'push', definitions(), '--dry-run')).toMatchObject({
      code: 0,
      out: expect.stringContaining('field Colour'),
    })
    expect((await formloom(env, 'diff', definitions(), '--check')).code).toBe(1)
    const published = await formloom(env, 'publish', definitions(), '--json')
    expect(JSON.parse(published.out)).toMatchObject({ revision: 3, changes: [{ name: 'bike' }] })
    expect(await formloom(env, 'diff', definitions(), '--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('No differences'),
    })
  })

  it('refuse what is wrong in any file, with file and place', async () => {
    writeDefinition('forms/broken.json', {
      kind: 'form',
      name: 'broken',
      label: 'Broken',
      fields: [{ name: 'to', type: 'link', to: 'nowhere', label: 'To' }],
      wings: 2,
    })
    const unreadable = await formloom(env, 'push', definitions(), '--yes')
    expect(unreadable).toMatchObject({ code: 3, error: expect.stringContaining('/forms~1broken.json/wings') })
    writeDefinition('forms/broken.json', {
      kind: 'form',
      name: 'broken',
      label: 'Broken',
      fields: [{ name: 'to', type: 'link', to: 'nowhere', label: 'To' }],
    })
    expect(await formloom(env, 'push', definitions(), '--yes')).toMatchObject({
      code: 3,
      error: expect.stringContaining('/form/broken/fields/to'),
    })
    rmSync(join(definitions(), 'forms', 'broken.json'))
  })

  it('hold those of packs too when asked, and come back unchanged', async () => {
    const all = place('all')
    expect((await formloom(env, 'pull', all, '--all')).code).toBe(0)
    expect(readdirSync(join(all, 'packs'))).toEqual(['base'])
    expect(await formloom(env, 'diff', all, '--check')).toMatchObject({ code: 0 })
    expect(await formloom(env, 'push', all, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing to publish'),
    })
  })

  it('remove only when asked to prune', async () => {
    writeDefinition('forms/bell.json', {
      kind: 'form',
      name: 'bell',
      label: both('Bell', '铃'),
      fields: [{ name: 'tone', type: 'text', label: both('Tone', '音') }],
    })
    expect((await formloom(env, 'publish', definitions())).code).toBe(0)
    rmSync(join(definitions(), 'forms', 'bell.json'))
    expect(await formloom(env, 'push', definitions(), '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing to publish'),
    })
    expect(await formloom(env, 'diff', definitions())).toMatchObject({
      out: expect.stringContaining('- Form Bell (bell): removed'),
    })
    expect(await formloom(env, 'publish', definitions(), '--prune')).toMatchObject({
      code: 0,
      out: expect.stringContaining('removed'),
    })
  })
})

describe('packs', () => {
  it('are listed, validated and installed once', async () => {
    const list = JSON.parse((await formloom(env, 'pack', 'list', '--json')).out)
    expect(
      list.packs.map((pack: { name: string; installed: string | null }) => [pack.name, pack.installed]),
    ).toContainEqual(['base', '1.0.0'])
    expect(await formloom(env, 'pack', 'validate', 'erp_crm')).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 errors'),
    })
    expect(await formloom(env, 'pack', 'install', 'base')).toMatchObject({ code: 3 })
    expect(await formloom(env, 'pack', 'install', 'wings')).toMatchObject({ code: 3 })
    expect(await formloom(env, 'pack', 'validate', 'wings')).toMatchObject({ code: 2 })
  })

  it('refuse foreign files, wrong names and links out of the folder', async () => {
    mkdirSync(place('packs', 'odd', 'forms'), { recursive: true })
    writeFileSync(
      place('packs', 'odd', 'pack.json'),
      JSON.stringify({
        kind: 'pack',
        formloom: 1,
        name: 'odd',
        version: '1.0.0',
        label: 'Odd',
        demo: ['demo/bike.csv'],
        requires: { base: '^2.0.0' },
      }),
    )
    writeFileSync(place('packs', 'odd', 'forms', 'wheel.json'), JSON.stringify(bike))
    writeFileSync(place('packs', 'odd', 'forms', 'run.sh'), 'echo')
    writeFileSync(place('secret.json'), JSON.stringify({ ...bike, name: 'secret' }))
    symlinkSync(place('secret.json'), place('packs', 'odd', 'forms', 'secret.json'))
    const found = JSON.parse((await formloom(env, 'pack', 'validate', 'odd', '--from', place('packs'), '--json')).out)
    expect(found.issues.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual(
      expect.arrayContaining([
        ['/pack/odd/requires/base', 'pack-missing'],
        ['/odd/forms~1wheel.json/name', 'pack-file-name'],
        ['/odd/forms~1run.sh', 'pack-foreign-file'],
        ['/odd/forms~1secret.json', 'pack-foreign-file'],
        ['/odd/demo~1bike.csv', 'pack-file-missing'],
      ]),
    )
    expect(await formloom(env, 'pack', 'install', 'odd', '--from', place('packs'))).toMatchObject({ code: 3 })
  })
})

describe('records', () => {
  it('come from a CSV file, tried first, refused by line and column', async () => {
    const file = place('bikes.csv')
    writeFileSync(file, 'Frame,Price\nB-1,100.00\nB-2,wings\n')
    expect(await formloom(env, 'import', 'bike', file, '--dry-run')).toMatchObject({
      code: 3,
      out: expect.stringContaining('Would be: 1 created, 0 changed, 1 refused'),
      error: expect.stringContaining('bikes.csv:3 Price “wings”'),
    })
    writeFileSync(file, 'Frame,Price\nB-1,100.00\nB-2,200.00\n')
    const done = await formloom(env, 'import', 'bike', file, '--json')
    expect(done.code).toBe(0)
    expect(JSON.parse(done.out)).toMatchObject({ created: 2, errorCount: 0 })
    writeFileSync(file, 'code,cost\nB-2,250.00\n')
    expect(
      await formloom(env, 'import', 'bike', file, '--map', 'code=frame', '--map', 'cost=price', '--match', 'frame'),
    ).toMatchObject({ code: 0, out: expect.stringContaining('0 created, 1 changed') })
  })
})

describe('verify', () => {
  const verify = async () => {
    const said = await formloom(env, 'verify', '--json')
    return { code: said.code, found: JSON.parse(said.out) }
  }
  /** Behind the back of the program, and back again. */
  const behindItsBack = async (change: string, undo: string, look: () => Promise<void>) => {
    const run = (statement: string) => {
      const file = new BetterSqlite(place('data', 'formloom.sqlite'))
      file.pragma('foreign_keys = OFF')
      file.prepare(statement).run()
      file.close()
    }
    run(change)
    await look()
    run(undo)
  }

  it('proves a workspace that nobody touched', async () => {
    const { code, found } = await verify()
    expect(found).toMatchObject({ ok: true, database: [], changes: [], unexplained: [], computed: [] })
    expect(found.records).toBeGreaterThan(100)
    expect(code).toBe(0)
  })

  it('finds one flipped byte of the history', async () => {
    await behindItsBack(
      `update fl_change set patch = replace(patch, '"B-1"', '"B-3"') where form = 'bike'`,
      `update fl_change set patch = replace(patch, '"B-3"', '"B-1"') where form = 'bike'`,
      async () => {
        const { code, found } = await verify()
        expect(code).toBe(1)
        expect(found.changes).toMatchObject([{ form: 'bike' }])
        expect(found.unexplained).toMatchObject([{ form: 'bike', field: 'frame', stored: 'B-1', computed: 'B-3' }])
      },
    )
  })

  it('finds a value, a formula and a link that were changed in the file', async () => {
    await behindItsBack(
      `update r_bike set price = 99900 where frame = 'B-1'`,
      `update r_bike set price = 10000 where frame = 'B-1'`,
      async () => {
        expect((await verify()).found).toMatchObject({
          ok: false,
          unexplained: [{ field: 'price', stored: '999.00', computed: '100.00' }],
          computed: [{ field: 'tax', stored: '13.00', computed: '129.87' }],
        })
      },
    )
    await behindItsBack(
      `update r_bike set owner = 'nobody', created_by = 'nobody' where frame = 'B-1'`,
      `update r_bike set owner = (select owner from r_bike where frame = 'B-2'), created_by = (select owner from r_bike where frame = 'B-2') where frame = 'B-1'`,
      async () => {
        expect((await verify()).found.unexplained).toMatchObject([
          { field: 'owner', stored: 'nobody' },
          { field: 'created_by', stored: 'nobody' },
        ])
      },
    )
    expect((await verify()).found.ok).toBe(true)
  })
})
