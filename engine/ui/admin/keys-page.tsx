/** Keys for programs: made here, shown once, revoked at once. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createKey, readKeys, revokeKey } from '../client/admin.ts'
import { useFormat } from '../form/use-format.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { TextBox } from '../parts/text-box.tsx'
import { showToast } from '../parts/toast.tsx'
import { describeError } from '../shell/describe-error.ts'
import { PageHead } from '../shell/page-head.tsx'
import { useText } from '../strings/use-text.ts'

export function KeysPage() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const keys = useQuery({ queryKey: ['keys'], queryFn: readKeys })
  const [open, setOpen] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: ['keys'] })
  const revoke = (id: string) =>
    void revokeKey(id)
      .then(() => {
        showToast(t('key_revoked'))
        return refresh()
      })
      .catch((error: unknown) => showToast(describeError(error, t)))
  const living = keys.data?.keys.filter((key) => key.revoked_at === null) ?? []
  return (
    <>
      <PageHead title={t('menu_keys')}>
        <Button look="primary" icon="plus" onClick={() => setOpen(true)}>
          {t('key_new')}
        </Button>
      </PageHead>
      {keys.isPending && <Skeleton label={t('loading')} rows={3} />}
      {keys.isError && <StatePage icon="alert-triangle" title={describeError(keys.error, t)} />}
      {keys.isSuccess && living.length === 0 && <StatePage title={t('keys_none')} />}
      {living.length > 0 && (
        <section className="fl-tablewrap" aria-label={t('menu_keys')}>
          <table className="fl-table fl-plaintable">
            <thead>
              <tr>
                <th scope="col">{t('user_name')}</th>
                <th scope="col">{t('key_created')}</th>
                <th scope="col">{t('key_expires')}</th>
                <th scope="col">{t('key_used')}</th>
                <th scope="col">
                  <span className="fl-hidden">{t('key_revoke')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {living.map((key) => (
                <tr key={key.id}>
                  <td className="fl-cut">{key.name}</td>
                  <td>{format.moment(key.created_at)}</td>
                  <td>{key.expires_at ? format.moment(key.expires_at) : t('key_never')}</td>
                  <td>{key.last_used_at ? format.moment(key.last_used_at) : '–'}</td>
                  <td className="fl-right">
                    <Button
                      small
                      look="danger"
                      aria-label={t('key_revoke_of', { name: key.name })}
                      onClick={() => revoke(key.id)}
                    >
                      {t('key_revoke')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {open && (
        <KeyDialog
          onClose={() => {
            setOpen(false)
            void refresh()
          }}
        />
      )}
    </>
  )
}

function KeyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const [name, setName] = useState('')
  const [expires, setExpires] = useState('')
  const [made, setMade] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const save = () =>
    void createKey(name, expires ? `${expires}T23:59:59.000Z` : null)
      .then(({ key }) => setMade(key))
      .catch(setFailure)
  if (made !== null) {
    return (
      <Dialog
        title={t('key_made')}
        onClose={onClose}
        footer={
          <Button look="primary" onClick={onClose}>
            {t('done')}
          </Button>
        }
      >
        <p>{t('key_once')}</p>
        <TextBox
          label={t('key_text')}
          value={made}
          onValue={() => undefined}
          readOnly
          onFocus={(event) => event.target.select()}
        />
        <Button icon="copy" onClick={() => void navigator.clipboard.writeText(made).then(() => showToast(t('copied')))}>
          {t('copy')}
        </Button>
      </Dialog>
    )
  }
  return (
    <Dialog
      title={t('key_new')}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={!name}>
            {t('key_create')}
          </Button>
        </>
      }
    >
      {failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(failure, t)}</span>
        </p>
      )}
      <p className="fl-ink-2">{t('key_lead')}</p>
      <TextBox label={t('key_name')} value={name} onValue={setName} autoFocus required />
      <TextBox label={t('key_expires')} type="date" value={expires} onValue={setExpires} help={t('key_expires_help')} />
    </Dialog>
  )
}
