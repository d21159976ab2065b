/** Upgrading packs: base as it came, mine as it is, theirs as the folder says; nothing of either side is lost in silence. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#base/json.ts'
import { comparePack, type UpgradeRequest, upgradePack } from '#publish/pack-upgrade.ts'
import { installPack } from '#publish/packs.ts'
import { templatesFolder } from '#publish/packs-folder.ts'
import { publishDefinitions } from '#publish/publish.ts'
import { rollBack } from '#publish/rollback.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import { listRecords } from '#records/read.ts'
import { updateRecord } from '#records/write.ts'
import { formloom } from '#tests/support/command-line.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { refusalOf } from '#tests/support/records.ts'
import { openTestWorkspace, type TestWorkspace } from '#tests/support/workspace.ts'

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh })
const field = (name: string, type = 'text', more: JsonObject = {}): JsonObject => ({
  name,
  type,
  label: both(name, name),
  ...more,
})
const bike = (...fields: readonly JsonObject[]): JsonObject => ({
  kind: 'form',
  name: 'bike',
  label: both('Bike', '自行车'),
  fields: [...fields],
})
const view = (...columns: readonly string[]): JsonObject => ({
  kind: 'view',
  name: 'bikes',
  form: 'bike',
  type: 'list',
  label: both('Bikes', '自行车'),
  columns: [...columns],
})
const role = (...can: readonly string[]): JsonObject => ({
  kind: 'role',
  name: 'rider',
  label: both('Rider', '骑手'),
  grants: [{ form: 'bike', can: [...can] }],
})
const frame = field('frame', 'text', { unique: true })
const extra = field('x_note')

let templates = ''
beforeEach(() => {
  templates = mkdtempSync(join(tmpdir(), 'formloom-packs-'))
})
afterEach(() => rmSync(templates, { recursive: true, force: true }))

/** Writes the pack anew: nothing of another version stays. */
function writePack(
  name: string,
  version: string,
  content: { readonly files: JsonObject; readonly pack?: JsonObject },
): void {
  rmSync(join(templates, name), { recursive: true, force: true })
  const write = (file: string, value: Json) => {
    mkdirSync(join(templates, name, file, '..'), { recursive: true })
    writeFileSync(join(templates, name, file), typeof value === 'string' ? value : JSON.stringify(value))
  }
  write('pack.json', { kind: 'pack', name, formloom: 1, version, label: both(name, name), ...content.pack })
  for (const [file, value] of Object.entries(content.files)) write(file, value)
}

const first = {
  files: {
    'forms/bike.json': bike(frame, field('color'), field('gears', 'integer')),
    'views/bikes.json': view('frame', 'color', 'gears'),
    'roles/rider.json': role('read'),
    'demo/bike.csv': 'frame,color\nF-1,red\nF-2,blue\n',
  },
  pack: { demo: ['demo/bike.csv'] },
}
const second = {
  files: {
    'forms/bike.json': bike(frame, field('color', 'text', { required: true }), field('wheels', 'integer')),
    'views/bikes.json': view('frame', 'wheels', 'color'),
    'roles/rider.json': role('read', 'create'),
    'forms/rider.json': { kind: 'form', name: 'rider', label: both('Rider', '骑手'), fields: [field('name')] },
    'demo/bike.csv': 'frame,color\nF-1,green\nF-9,black\n',
    'data/rider.csv': 'name\nKim\n',
  },
  pack: { demo: ['demo/bike.csv'], data: ['data/rider.csv'] },
}

onEachDatabase('the upgrade of a pack', (database) => {
  let opened: TestWorkspace
  const publish = (...definitions: readonly JsonObject[]) =>
    publishDefinitions(opened.workspace, opened.admin, { definitions })
  const upgrade = (more: Partial<UpgradeRequest> = {}) =>
    upgradePack(opened.workspace, opened.admin, { name: 'shop', templates, ...more })
  const standing = async (kind: string, name: string) =>
    (await opened.workspace.model()).sources.find(
      ({ definition }) => definition.kind === kind && definition.name === name,
    )?.definition as unknown as JsonObject
  const names = (of: JsonObject) => (of.fields as readonly JsonObject[]).map(({ name }) => name)
  const bikes = async () => (await listRecords(await opened.context(opened.admin), 'bike', {})).records

  beforeEach(async () => {
    opened = await openTestWorkspace(database)
    writePack('shop', '1.0.0', first)
    await installPack(opened.workspace, opened.admin, { name: 'shop', demo: true, templates })
  })
  afterEach(() => opened.close())

  it('brings a workspace that changed nothing to exactly what the folder says, and loads new data but no demo', async () => {
    const [one] = await bikes()
    await updateRecord(await opened.context(opened.admin), {
      verb: 'update',
      form: 'bike',
      id: String(one?.id),
      version: 1,
      body: { color: 'pink', gears: 3 },
    })
    writePack('shop', '1.1.0', second)
    const done = await upgrade()
    expect(done).toMatchObject({
      revision: 2,
      conflicts: [],
      errorCount: 0,
      packs: [{ name: 'shop', from: '1.0.0', to: '1.1.0' }],
      files: [{ file: 'data/rider.csv', created: 1 }],
    })
    expect(await standing('form', 'bike')).toEqual(second.files['forms/bike.json'])
    expect(await standing('role', 'rider')).toEqual(second.files['roles/rider.json'])
    expect((await bikes()).map(({ frame: name, color }) => `${name} ${color}`).sort()).toEqual(['F-1 pink', 'F-2 blue'])
    expect(await refusalOf(upgrade())).toMatchObject({ code: 'already-done' })
    expect(await verifyWorkspace(opened.workspace)).toMatchObject({ ok: true })
  })

  it('keeps what was changed here, property by property, and takes what the pack changed elsewhere', async () => {
    const mine = { ...view('frame', 'x_note', 'color', 'gears'), label: both('Our bikes', '自行车') }
    await publish(
      {
        kind: 'form',
        extends: 'bike',
        fields: [extra],
        replaces: { fields: [field('color', 'text', { help: 'Say it' })] },
      },
      mine,
      role('read', 'update'),
    )
    writePack('shop', '1.1.0', second)
    expect(await upgrade()).toMatchObject({ conflicts: [], revision: 3 })
    expect(await standing('view', 'bikes')).toMatchObject({
      label: both('Our bikes', '自行车'),
      columns: ['frame', 'wheels', 'x_note', 'color'],
    })
    expect((await standing('role', 'rider')).grants).toEqual([{ form: 'bike', can: ['read', 'create', 'update'] }])
    const whole = (await opened.workspace.model()).forms.get('bike')?.definition as unknown as JsonObject
    expect(names(whole)).toEqual(['frame', 'color', 'wheels', 'x_note'])
    expect((whole.fields as readonly JsonObject[])[1]).toMatchObject({ help: 'Say it', required: true })
    expect((await opened.workspace.model()).packs.get('shop')?.version).toBe('1.1.0')
  })

  it('names every place that both changed, changes nothing, and goes on as each is decided', async () => {
    await publish(
      {
        kind: 'form',
        extends: 'bike',
        replaces: { fields: [field('gears', 'integer', { label: both('Speeds', '档位') })] },
      },
      { ...view('frame', 'color', 'gears'), label: both('Ours', '我们的') },
    )
    const theirs = { ...second.files, 'views/bikes.json': { ...view('frame'), label: both('Theirs', '他们的') } }
    writePack('shop', '2.0.0', { ...second, files: theirs })
    const places = ['/form/bike/replaces/fields/gears', '/view/bikes/label/en', '/view/bikes/label/zh-CN']
    const dry = await upgrade({ dryRun: true })
    expect(dry.conflicts.map(({ pointer }) => pointer).sort()).toEqual(places)
    expect(dry.conflicts.find(({ pointer }) => pointer === places[1])).toMatchObject({
      base: 'Bikes',
      mine: 'Ours',
      theirs: 'Theirs',
      taken: null,
      text: { en: 'view bikes › label › en changed: Ours → Theirs' },
    })
    const refused = await refusalOf(upgrade())
    expect(refused.code).toBe('definition-invalid')
    expect(refused.issues?.map(({ pointer, code }) => `${code} ${pointer}`).sort()).toEqual(
      places.map((pointer) => `upgrade-conflict ${pointer}`),
    )
    expect((await opened.workspace.model()).revision).toBe(2)
    const odd = await refusalOf(upgrade({ take: 'mine', resolve: new Map([['/form/bike/label', 'mine']]) }))
    expect(odd.issues).toMatchObject([{ code: 'upgrade-no-conflict', pointer: '/form/bike/label' }])
    await upgrade({ take: 'theirs', resolve: new Map([[places[0] as string, 'mine']]) })
    expect((await standing('view', 'bikes')).label).toEqual(both('Theirs', '他们的'))
    const model = await opened.workspace.model()
    expect(model.forms.get('bike')?.fields.get('gears')?.definition.label).toEqual(both('Speeds', '档位'))
    expect(names(await standing('form', 'bike'))).toEqual(['frame', 'color', 'wheels'])
  })

  it('stands on the new version afterwards, and on the old one again after a rollback', async () => {
    await publish({ ...view('frame', 'color', 'gears'), label: both('Ours', '我们的') })
    writePack('shop', '1.1.0', second)
    await upgrade()
    const compare = () => comparePack(opened.workspace, { name: 'shop', templates })
    expect(await compare()).toMatchObject({
      installed: '1.1.0',
      theirs: [],
      mine: [{ pointer: '/label' }],
      conflicts: [],
    })
    await rollBack(opened.workspace, opened.admin, { revision: 2 })
    const back = await compare()
    expect(back).toMatchObject({ installed: '1.0.0', available: '1.1.0', mine: [{ pointer: '/label' }] })
    expect(back.theirs.length).toBeGreaterThan(3)
    expect(await upgrade()).toMatchObject({ revision: 5, conflicts: [] })
    expect((await standing('view', 'bikes')).label).toEqual(both('Ours', '我们的'))
  })

  it('refuses an older version, a broken pack, a taken name, names of the workspace, and everybody but an admin', async () => {
    writePack('shop', '0.9.0', first)
    expect((await refusalOf(upgrade())).issues).toMatchObject([{ code: 'pack-older', pointer: '/pack/shop/version' }])
    await publish({ kind: 'form', name: 'rider', label: both('Our riders', '骑手'), fields: [field('nick')] })
    const files = {
      ...second.files,
      'forms/bike.json': bike(frame, field('x_gears'), field('sum', 'integer', { formula: { var: 'nowhere' } })),
      'forms/bell.json': '{',
    }
    writePack('shop', '1.1.0', { ...second, files })
    const codes = (await refusalOf(upgrade())).issues?.map(({ pointer, code }) => `${code} ${pointer}`)
    expect(codes).toEqual([
      'not-json /shop/forms~1bell.json',
      'workspace-prefix /form/bike/fields/x_gears',
      'name-taken /form/rider',
    ])
    writePack('shop', '1.1.0', {
      ...first,
      files: { ...first.files, 'forms/bike.json': bike(frame, field('n', 'integer', { formula: { var: 'nowhere' } })) },
    })
    expect((await refusalOf(upgrade())).code).toBe('definition-invalid')
    expect((await opened.workspace.model()).packs.get('shop')?.version).toBe('1.0.0')
    const builder = await opened.user('ben@example.com', ['builder'])
    expect((await refusalOf(upgradePack(opened.workspace, builder, { name: 'shop', templates }))).code).toBe(
      'forbidden',
    )
    expect((await refusalOf(upgrade({ name: 'wings' }))).code).toBe('not-found')
  })

  it('upgrades packs that need each other’s new versions in one revision, and installs what they newly require', async () => {
    const needs = (requires: JsonObject) => ({ files: {}, pack: { requires } })
    writePack('town', '1.0.0', needs({ shop: '^1.0.0' }))
    await installPack(opened.workspace, opened.admin, { name: 'town', templates })
    writePack('shop', '2.0.0', second)
    expect((await refusalOf(upgrade())).issues).toMatchObject([
      { code: 'pack-version', pointer: '/pack/town/requires/shop' },
    ])
    writePack('road', '0.1.0', needs({}))
    writePack('town', '2.0.0', needs({ shop: '^2.0.0', road: '^0.1.0' }))
    const done = await upgrade({ name: 'town' })
    expect(done.packs).toEqual([
      { name: 'shop', from: '1.0.0', to: '2.0.0' },
      { name: 'road', from: null, to: '0.1.0' },
      { name: 'town', from: '1.0.0', to: '2.0.0' },
    ])
    expect(done.revision).toBe(3)
  })
})

describe('formloom pack upgrade', () => {
  it('shows both sides, asks about conflicts, and keeps what was changed in a pack of the program', async () => {
    const env = { FORMLOOM_DATA: join(templates, '..', `${templates.split('/').at(-1)}-data`) }
    cpSync(templatesFolder(), templates, { recursive: true })
    const from = ['--from', templates]
    const change = (file: string, edit: (definition: JsonObject) => JsonObject) => {
      const path = join(templates, 'crm', file)
      writeFileSync(path, JSON.stringify(edit(JSON.parse(readFileSync(path, 'utf8')))))
    }
    expect((await formloom(env, 'pack', 'install', 'crm', ...from)).code).toBe(0)
    const files = join(templates, 'definitions')
    change('pack.json', (pack) => ({ ...pack, version: '9.9.9' }))
    change('forms/customer.json', (form) => ({ ...form, label: both('Client', '客户') }))
    expect((await formloom(env, 'pack', 'list', ...from)).out).toMatch(/crm .*can be upgraded/)
    expect((await formloom(env, 'pack', 'diff', 'crm', ...from)).out).toContain('Changed by 9.9.9:')
    const dry = await formloom(env, 'pack', 'upgrade', 'crm', '--dry-run', ...from)
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('Form Client (customer)') })
    const extension = { kind: 'form', extends: 'customer', replaces: { label: both('Patron', '顾客') } }
    mkdirSync(join(files, 'forms'), { recursive: true })
    writeFileSync(join(files, 'forms', 'customer.json'), JSON.stringify(extension))
    expect((await formloom(env, 'push', files, '--yes')).code).toBe(0)
    const open = await formloom(env, 'pack', 'upgrade', 'crm', '--yes', ...from)
    expect(open).toMatchObject({ code: 3, error: expect.stringContaining('/form/customer/replaces/label/en') })
    const words = ['--take', 'mine', '--theirs', '/form/customer/replaces/label/en', '--yes', '--json']
    const done = JSON.parse((await formloom(env, 'pack', 'upgrade', 'crm', ...words, ...from)).out)
    expect(done).toMatchObject({ packs: [{ name: 'crm', to: '9.9.9' }] })
    expect(done.conflicts.map(({ taken }: JsonObject) => taken)).toContain('theirs')
    expect((await formloom(env, 'pack', 'upgrade', 'crm', ...from)).code).toBe(3)
    expect((await formloom(env, 'pack', 'upgrade', 'crm', '--take', 'ours', ...from)).code).toBe(2)
    expect((await formloom(env, 'verify')).code).toBe(0)
    rmSync(env.FORMLOOM_DATA, { recursive: true, force: true })
  })
})
