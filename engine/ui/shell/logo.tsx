/** The mark: crossing threads. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className="fl-logo">
      <path
        d="M8 3v6M8 12v9M16 3v9M16 15v6M3 8h9M15 8h6M3 16h6M12 16h9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  )
}
