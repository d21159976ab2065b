#!/usr/bin/env node
/** The program `formloom` of the installed package: everything is built, only the SQLite driver may need compiling. */
import { ensureBinding } from './binding.mjs'
import { checkNodeVersion } from './node-version.mjs'
import { runBuilt } from './start.mjs'

checkNodeVersion()
await ensureBinding()
await runBuilt(process.argv.slice(2))
