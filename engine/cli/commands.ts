/** All commands, in the order of the help. */
import { backup } from './backup.ts'
import type { Command } from './command.ts'
import { dev } from './dev.ts'
import { diff } from './diff.ts'
import { exportFile } from './export.ts'
import { importFile } from './import.ts'
import { moveCommand } from './move-to-postgres.ts'
import { packInstall, packList, packValidate } from './pack.ts'
import { packFormat } from './pack-format.ts'
import { packDiff, packUpgrade } from './pack-upgrade.ts'
import { personExport } from './person.ts'
import { personErase } from './person-erase.ts'
import { pull } from './pull.ts'
import { publish, push } from './push.ts'
import { restore } from './restore.ts'
import { rollback } from './rollback.ts'
import { setup } from './setup.ts'
import { start } from './start.ts'
import { userAdd } from './user-add.ts'
import { verify } from './verify.ts'

export const commands: readonly Command[] = [
  start,
  dev,
  setup,
  userAdd,
  packList,
  packInstall,
  packUpgrade,
  packDiff,
  packValidate,
  packFormat,
  pull,
  push,
  diff,
  publish,
  rollback,
  importFile,
  exportFile,
  personExport,
  personErase,
  verify,
  backup,
  restore,
  moveCommand,
]
