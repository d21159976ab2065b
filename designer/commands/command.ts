/** Every command as data: what the editor sends, and the one place that runs it. */
import type { FormDocument } from '../model/document.ts'
import { type AddField, addField } from './add-field.ts'
import { type AddSection, addSection } from './add-section.ts'
import { type AddTab, addTab } from './add-tab.ts'
import { type AddText, addText } from './add-text.ts'
import type { CommandAnswer, CommandContext } from './change.ts'
import { type Duplicate, duplicate } from './duplicate.ts'
import { type Hide, hide } from './hide.ts'
import { type Move, move } from './move.ts'
import { type PlaceField, placeField } from './place-field.ts'
import { type Remove, remove } from './remove.ts'
import { type RenameNewField, renameNewField } from './rename-new-field.ts'
import { type Resize, resize } from './resize.ts'
import { type SetLabel, setLabel } from './set-label.ts'
import { type SetProperty, setProperty } from './set-property.ts'
import { type SplitSection, splitSection } from './split-section.ts'

export type Command =
  | ({ readonly do: 'add-field' } & AddField)
  | ({ readonly do: 'place-field' } & PlaceField)
  | ({ readonly do: 'add-section' } & AddSection)
  | ({ readonly do: 'add-tab' } & AddTab)
  | ({ readonly do: 'add-text' } & AddText)
  | ({ readonly do: 'move' } & Move)
  | ({ readonly do: 'duplicate' } & Duplicate)
  | ({ readonly do: 'hide' } & Hide)
  | ({ readonly do: 'remove' } & Remove)
  | ({ readonly do: 'set-property' } & SetProperty)
  | ({ readonly do: 'set-label' } & SetLabel)
  | ({ readonly do: 'rename-new-field' } & RenameNewField)
  | ({ readonly do: 'resize' } & Resize)
  | ({ readonly do: 'split-section' } & SplitSection)

export function runCommand(document: FormDocument, command: Command, context: CommandContext): CommandAnswer {
  switch (command.do) {
    case 'add-field':
      return addField(document, command, context)
    case 'place-field':
      return placeField(document, command)
    case 'add-section':
      return addSection(document, command)
    case 'add-tab':
      return addTab(document, command)
    case 'add-text':
      return addText(document, command)
    case 'move':
      return move(document, command)
    case 'duplicate':
      return duplicate(document, command)
    case 'hide':
      return hide(document, command)
    case 'remove':
      return remove(document, command)
    case 'set-property':
      return setProperty(document, command)
    case 'set-label':
      return setLabel(document, command, context)
    case 'rename-new-field':
      return renameNewField(document, command)
    case 'resize':
      return resize(document, command)
    case 'split-section':
      return splitSection(document, command)
  }
}
