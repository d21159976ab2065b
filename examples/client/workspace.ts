/** Types of a workspace, made by generate.ts from its OpenAPI document; not to be edited. */

export interface Link {
  readonly id: string
  readonly title: string | null
  readonly form?: string
}

/** Activity */
export interface Activity {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'open' | 'done' | 'cancelled' | null
  /** Summary */
  readonly summary?: string | null
  /** About */
  readonly subject?: Link | null
  /** Kind */
  readonly kind?: 'call' | 'visit' | 'mail' | 'note' | 'task' | null
  /** Due */
  readonly due?: string | null
  /** Result */
  readonly result?: string | null
  /** Next contact */
  readonly next_contact?: string | null
  /** Team */
  readonly team?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Activity */
export interface ActivityCreate {
  /** Summary */
  readonly summary: string
  /** About */
  readonly subject: string
  /** Kind */
  readonly kind?: 'call' | 'visit' | 'mail' | 'note' | 'task' | null
  /** Due */
  readonly due?: string | null
  /** Result */
  readonly result?: string | null
  /** Next contact */
  readonly next_contact?: string | null
  /** Team */
  readonly team?: string | null
  readonly owner?: string | null
}

/** Activity */
export interface ActivityChange {
  /** Summary */
  readonly summary?: string
  /** About */
  readonly subject?: string
  /** Kind */
  readonly kind?: 'call' | 'visit' | 'mail' | 'note' | 'task' | null
  /** Due */
  readonly due?: string | null
  /** Result */
  readonly result?: string | null
  /** Next contact */
  readonly next_contact?: string | null
  /** Team */
  readonly team?: string | null
  readonly owner?: string | null
}

export interface CampaignCostsRow {
  readonly id: string
  /** Date */
  readonly date?: string | null
  /** Description */
  readonly description?: string | null
  /** Amount */
  readonly amount?: string | null
}

/** Campaign */
export interface Campaign {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'planned' | 'running' | 'done' | null
  /** Name */
  readonly name?: string | null
  /** Channel */
  readonly channel?: 'fair' | 'web' | 'email' | 'sms' | 'wecom' | 'social' | 'event' | 'call' | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Ends on */
  readonly ends_on?: string | null
  /** Budget */
  readonly budget?: string | null
  /** Costs */
  readonly costs?: readonly CampaignCostsRow[]
  /** Cost */
  readonly cost?: string | null
  /** Members */
  readonly member_count?: number | null
  /** Responses */
  readonly response_count?: number | null
  /** Leads */
  readonly lead_count?: number | null
  /** Won value */
  readonly won_value?: string | null
  /** Return on cost */
  readonly roi?: string | null
  /** Goal */
  readonly goal?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface CampaignCreateCostsRow {
  readonly id?: string
  /** Date */
  readonly date?: string | null
  /** Description */
  readonly description?: string | null
  /** Amount */
  readonly amount?: string | number | null
}

/** Campaign */
export interface CampaignCreate {
  /** Name */
  readonly name: string
  /** Channel */
  readonly channel?: 'fair' | 'web' | 'email' | 'sms' | 'wecom' | 'social' | 'event' | 'call' | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Ends on */
  readonly ends_on?: string | null
  /** Budget */
  readonly budget?: string | number | null
  /** Costs */
  readonly costs?: readonly CampaignCreateCostsRow[]
  /** Goal */
  readonly goal?: string | null
  readonly owner?: string | null
}

export interface CampaignChangeCostsRow {
  readonly id?: string
  /** Date */
  readonly date?: string | null
  /** Description */
  readonly description?: string | null
  /** Amount */
  readonly amount?: string | number | null
}

/** Campaign */
export interface CampaignChange {
  /** Name */
  readonly name?: string
  /** Channel */
  readonly channel?: 'fair' | 'web' | 'email' | 'sms' | 'wecom' | 'social' | 'event' | 'call' | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Ends on */
  readonly ends_on?: string | null
  /** Budget */
  readonly budget?: string | number | null
  /** Costs */
  readonly costs?: readonly CampaignChangeCostsRow[]
  /** Goal */
  readonly goal?: string | null
  readonly owner?: string | null
}

/** Campaign member */
export interface CampaignMember {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Campaign */
  readonly campaign?: Link | null
  /** Member */
  readonly member?: Link | null
  /** Status */
  readonly status?: 'planned' | 'sent' | 'responded' | 'declined' | null
  /** Responded at */
  readonly responded_at?: string | null
  /** Response */
  readonly response?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Campaign member */
export interface CampaignMemberCreate {
  /** Campaign */
  readonly campaign: string
  /** Member */
  readonly member: string
  /** Status */
  readonly status?: 'planned' | 'sent' | 'responded' | 'declined' | null
  /** Responded at */
  readonly responded_at?: string | null
  /** Response */
  readonly response?: string | null
  readonly owner?: string | null
}

/** Campaign member */
export interface CampaignMemberChange {
  /** Campaign */
  readonly campaign?: string
  /** Member */
  readonly member?: string
  /** Status */
  readonly status?: 'planned' | 'sent' | 'responded' | 'declined' | null
  /** Responded at */
  readonly responded_at?: string | null
  /** Response */
  readonly response?: string | null
  readonly owner?: string | null
}

/** Company */
export interface Company {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Base currency */
  readonly base_currency?: Link | null
  /** Fiscal year starts in month */
  readonly fiscal_start?: number | null
  /** Tax rounding */
  readonly tax_rounding?: 'line' | 'tax_code' | null
  /** Parent company */
  readonly parent?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Company */
export interface CompanyCreate {
  /** Name */
  readonly name: string
  /** Base currency */
  readonly base_currency: string
  /** Fiscal year starts in month */
  readonly fiscal_start?: number | null
  /** Tax rounding */
  readonly tax_rounding?: 'line' | 'tax_code' | null
  /** Parent company */
  readonly parent?: string | null
  readonly owner?: string | null
}

/** Company */
export interface CompanyChange {
  /** Name */
  readonly name?: string
  /** Base currency */
  readonly base_currency?: string
  /** Fiscal year starts in month */
  readonly fiscal_start?: number | null
  /** Tax rounding */
  readonly tax_rounding?: 'line' | 'tax_code' | null
  /** Parent company */
  readonly parent?: string | null
  readonly owner?: string | null
}

export interface ContactPhonesRow {
  readonly id: string
  /** Kind */
  readonly kind?: 'mobile' | 'work' | 'home' | null
  /** Phone */
  readonly phone?: string | null
}

export interface ContactEmailsRow {
  readonly id: string
  /** Kind */
  readonly kind?: 'work' | 'private' | null
  /** Email */
  readonly email?: string | null
}

/** Contact */
export interface Contact {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Number */
  readonly number?: string | null
  /** Customer */
  readonly customer?: Link | null
  /** Name */
  readonly name?: string | null
  /** Job title */
  readonly job_title?: string | null
  /** Role in decisions */
  readonly decision_role?: 'decider' | 'influencer' | 'user' | 'blocker' | null
  /** Reports to */
  readonly reports_to?: Link | null
  /** Phone numbers */
  readonly phones?: readonly ContactPhonesRow[]
  /** Email addresses */
  readonly emails?: readonly ContactEmailsRow[]
  /** Primary */
  readonly is_primary?: boolean | null
  /** Does not want */
  readonly opt_out?: readonly ('email' | 'sms' | 'wecom' | 'call')[] | null
  /** Note */
  readonly note?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface ContactCreatePhonesRow {
  readonly id?: string
  /** Kind */
  readonly kind?: 'mobile' | 'work' | 'home' | null
  /** Phone */
  readonly phone?: string | null
}

export interface ContactCreateEmailsRow {
  readonly id?: string
  /** Kind */
  readonly kind?: 'work' | 'private' | null
  /** Email */
  readonly email?: string | null
}

/** Contact */
export interface ContactCreate {
  /** Customer */
  readonly customer: string
  /** Name */
  readonly name: string
  /** Job title */
  readonly job_title?: string | null
  /** Role in decisions */
  readonly decision_role?: 'decider' | 'influencer' | 'user' | 'blocker' | null
  /** Reports to */
  readonly reports_to?: string | null
  /** Phone numbers */
  readonly phones?: readonly ContactCreatePhonesRow[]
  /** Email addresses */
  readonly emails?: readonly ContactCreateEmailsRow[]
  /** Primary */
  readonly is_primary?: boolean | null
  /** Does not want */
  readonly opt_out?: readonly ('email' | 'sms' | 'wecom' | 'call')[] | null
  /** Note */
  readonly note?: string | null
  readonly owner?: string | null
}

export interface ContactChangePhonesRow {
  readonly id?: string
  /** Kind */
  readonly kind?: 'mobile' | 'work' | 'home' | null
  /** Phone */
  readonly phone?: string | null
}

export interface ContactChangeEmailsRow {
  readonly id?: string
  /** Kind */
  readonly kind?: 'work' | 'private' | null
  /** Email */
  readonly email?: string | null
}

/** Contact */
export interface ContactChange {
  /** Customer */
  readonly customer?: string
  /** Name */
  readonly name?: string
  /** Job title */
  readonly job_title?: string | null
  /** Role in decisions */
  readonly decision_role?: 'decider' | 'influencer' | 'user' | 'blocker' | null
  /** Reports to */
  readonly reports_to?: string | null
  /** Phone numbers */
  readonly phones?: readonly ContactChangePhonesRow[]
  /** Email addresses */
  readonly emails?: readonly ContactChangeEmailsRow[]
  /** Primary */
  readonly is_primary?: boolean | null
  /** Does not want */
  readonly opt_out?: readonly ('email' | 'sms' | 'wecom' | 'call')[] | null
  /** Note */
  readonly note?: string | null
  readonly owner?: string | null
}

/** Contract */
export interface Contract {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'draft' | 'in_approval' | 'active' | 'fulfilled' | 'expired' | 'terminated' | null
  /** Number */
  readonly number?: string | null
  /** Name */
  readonly name?: string | null
  /** Customer */
  readonly customer?: Link | null
  /** Contact */
  readonly contact?: Link | null
  /** Quote */
  readonly quote?: Link | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Ends on */
  readonly ends_on?: string | null
  /** Notice, days */
  readonly notice_days?: number | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Payment term */
  readonly payment_term?: Link | null
  /** Contract value */
  readonly value?: string | null
  /** Used */
  readonly used?: string | null
  /** Open value */
  readonly open?: string | null
  /** Ends soon */
  readonly ends_soon?: boolean | null
  /** Terms */
  readonly terms?: string | null
  /** Signed file */
  readonly signed_file?: unknown
  /** Reason for ending it */
  readonly terminate_reason?: string | null
  /** Team */
  readonly team?: Link | null
  /** Company */
  readonly company?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Contract */
export interface ContractCreate {
  /** Name */
  readonly name: string
  /** Customer */
  readonly customer: string
  /** Contact */
  readonly contact?: string | null
  /** Quote */
  readonly quote?: string | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Ends on */
  readonly ends_on: string
  /** Notice, days */
  readonly notice_days?: number | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Contract value */
  readonly value: string | number
  /** Terms */
  readonly terms?: string | null
  /** Signed file */
  readonly signed_file?: unknown
  /** Reason for ending it */
  readonly terminate_reason?: string | null
  /** Team */
  readonly team?: string | null
  /** Company */
  readonly company?: string | null
  readonly owner?: string | null
}

/** Contract */
export interface ContractChange {
  /** Name */
  readonly name?: string
  /** Customer */
  readonly customer?: string
  /** Contact */
  readonly contact?: string | null
  /** Quote */
  readonly quote?: string | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Ends on */
  readonly ends_on?: string
  /** Notice, days */
  readonly notice_days?: number | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Contract value */
  readonly value?: string | number
  /** Terms */
  readonly terms?: string | null
  /** Signed file */
  readonly signed_file?: unknown
  /** Reason for ending it */
  readonly terminate_reason?: string | null
  /** Team */
  readonly team?: string | null
  /** Company */
  readonly company?: string | null
  readonly owner?: string | null
}

/** Currency */
export interface Currency {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Code */
  readonly code?: string | null
  /** English name */
  readonly name?: string | null
  /** Chinese name */
  readonly name_zh?: string | null
  /** Decimals */
  readonly decimals?: number | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Currency */
export interface CurrencyCreate {
  /** Code */
  readonly code: string
  /** English name */
  readonly name?: string | null
  /** Chinese name */
  readonly name_zh?: string | null
  /** Decimals */
  readonly decimals?: number | null
  readonly owner?: string | null
}

/** Currency */
export interface CurrencyChange {
  /** Code */
  readonly code?: string
  /** English name */
  readonly name?: string | null
  /** Chinese name */
  readonly name_zh?: string | null
  /** Decimals */
  readonly decimals?: number | null
  readonly owner?: string | null
}

export interface CustomerAddressesRow {
  readonly id: string
  /** Kind */
  readonly kind?: 'office' | 'billing' | 'shipping' | null
  /** Region */
  readonly region?: unknown
  /** Street */
  readonly street?: string | null
  /** Postcode */
  readonly postcode?: string | null
  /** Default */
  readonly is_default?: boolean | null
}

/** Customer */
export interface Customer {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'active' | 'inactive' | 'merged' | null
  /** Number */
  readonly number?: string | null
  /** Name */
  readonly name?: string | null
  /** Name for comparison */
  readonly name_key?: string | null
  /** Type */
  readonly type?: 'company' | 'person' | null
  /** Tax number */
  readonly tax_number?: string | null
  /** Customer group */
  readonly group?: Link | null
  /** Industry */
  readonly industry?:
    | 'machinery'
    | 'electronics'
    | 'automotive'
    | 'chemicals'
    | 'food'
    | 'textile'
    | 'medical'
    | 'energy'
    | 'construction'
    | 'real_estate'
    | 'hospitality'
    | 'logistics'
    | 'retail'
    | 'software'
    | 'education'
    | 'other'
    | null
  /** Size */
  readonly size?: 'micro' | 'small' | 'medium' | 'large' | 'huge' | null
  /** Source */
  readonly source?: 'fair' | 'web' | 'form' | 'wecom' | 'referral' | 'call' | null
  /** Territory */
  readonly territory?: Link | null
  /** Region */
  readonly region?: unknown
  /** Addresses */
  readonly addresses?: readonly CustomerAddressesRow[]
  /** Phone */
  readonly phone?: string | null
  /** Email */
  readonly email?: string | null
  /** Website */
  readonly website?: string | null
  /** Tags */
  readonly tags?: readonly string[] | null
  /** Preferences */
  readonly preference?: readonly string[] | null
  /** Pain points */
  readonly pain_points?: string | null
  /** Birthday */
  readonly birthday?: string | null
  /** Parent customer */
  readonly parent?: Link | null
  /** Tier */
  readonly tier?: 'strategic' | 'key' | 'standard' | 'small' | null
  /** Life-cycle stage */
  readonly lifecycle_stage?: 'potential' | 'active' | 'cooling' | 'dormant' | 'lost' | null
  /** Taken over from */
  readonly successor_of?: Link | null
  /** Merged into */
  readonly merged_into?: Link | null
  /** Contacts */
  readonly contact_count?: number | null
  /** Primary contacts */
  readonly primary_contacts?: number | null
  /** Team */
  readonly team?: Link | null
  /** Price list */
  readonly price_list?: Link | null
  /** Payment term */
  readonly payment_term?: Link | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Default discount */
  readonly default_discount?: string | null
  /** Delivery address */
  readonly delivery_address?: string | null
  /** Billing address */
  readonly billing_address?: string | null
  /** Orders */
  readonly order_count?: number | null
  /** Order amount */
  readonly order_sum?: string | null
  /** First order */
  readonly first_order?: string | null
  /** Last order */
  readonly last_order?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface CustomerCreateAddressesRow {
  readonly id?: string
  /** Kind */
  readonly kind?: 'office' | 'billing' | 'shipping' | null
  /** Region */
  readonly region?: unknown
  /** Street */
  readonly street?: string | null
  /** Postcode */
  readonly postcode?: string | null
  /** Default */
  readonly is_default?: boolean | null
}

/** Customer */
export interface CustomerCreate {
  /** Name */
  readonly name: string
  /** Type */
  readonly type?: 'company' | 'person' | null
  /** Tax number */
  readonly tax_number?: string | null
  /** Customer group */
  readonly group?: string | null
  /** Industry */
  readonly industry?:
    | 'machinery'
    | 'electronics'
    | 'automotive'
    | 'chemicals'
    | 'food'
    | 'textile'
    | 'medical'
    | 'energy'
    | 'construction'
    | 'real_estate'
    | 'hospitality'
    | 'logistics'
    | 'retail'
    | 'software'
    | 'education'
    | 'other'
    | null
  /** Size */
  readonly size?: 'micro' | 'small' | 'medium' | 'large' | 'huge' | null
  /** Source */
  readonly source?: 'fair' | 'web' | 'form' | 'wecom' | 'referral' | 'call' | null
  /** Territory */
  readonly territory?: string | null
  /** Region */
  readonly region?: unknown
  /** Addresses */
  readonly addresses?: readonly CustomerCreateAddressesRow[]
  /** Phone */
  readonly phone?: string | null
  /** Email */
  readonly email?: string | null
  /** Website */
  readonly website?: string | null
  /** Tags */
  readonly tags?: readonly string[] | null
  /** Preferences */
  readonly preference?: readonly string[] | null
  /** Pain points */
  readonly pain_points?: string | null
  /** Birthday */
  readonly birthday?: string | null
  /** Parent customer */
  readonly parent?: string | null
  /** Taken over from */
  readonly successor_of?: string | null
  /** Team */
  readonly team?: string | null
  /** Price list */
  readonly price_list?: string | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Default discount */
  readonly default_discount?: string | number | null
  /** Delivery address */
  readonly delivery_address?: string | null
  /** Billing address */
  readonly billing_address?: string | null
  readonly owner?: string | null
}

export interface CustomerChangeAddressesRow {
  readonly id?: string
  /** Kind */
  readonly kind?: 'office' | 'billing' | 'shipping' | null
  /** Region */
  readonly region?: unknown
  /** Street */
  readonly street?: string | null
  /** Postcode */
  readonly postcode?: string | null
  /** Default */
  readonly is_default?: boolean | null
}

/** Customer */
export interface CustomerChange {
  /** Name */
  readonly name?: string
  /** Type */
  readonly type?: 'company' | 'person' | null
  /** Tax number */
  readonly tax_number?: string | null
  /** Customer group */
  readonly group?: string | null
  /** Industry */
  readonly industry?:
    | 'machinery'
    | 'electronics'
    | 'automotive'
    | 'chemicals'
    | 'food'
    | 'textile'
    | 'medical'
    | 'energy'
    | 'construction'
    | 'real_estate'
    | 'hospitality'
    | 'logistics'
    | 'retail'
    | 'software'
    | 'education'
    | 'other'
    | null
  /** Size */
  readonly size?: 'micro' | 'small' | 'medium' | 'large' | 'huge' | null
  /** Source */
  readonly source?: 'fair' | 'web' | 'form' | 'wecom' | 'referral' | 'call' | null
  /** Territory */
  readonly territory?: string | null
  /** Region */
  readonly region?: unknown
  /** Addresses */
  readonly addresses?: readonly CustomerChangeAddressesRow[]
  /** Phone */
  readonly phone?: string | null
  /** Email */
  readonly email?: string | null
  /** Website */
  readonly website?: string | null
  /** Tags */
  readonly tags?: readonly string[] | null
  /** Preferences */
  readonly preference?: readonly string[] | null
  /** Pain points */
  readonly pain_points?: string | null
  /** Birthday */
  readonly birthday?: string | null
  /** Parent customer */
  readonly parent?: string | null
  /** Taken over from */
  readonly successor_of?: string | null
  /** Team */
  readonly team?: string | null
  /** Price list */
  readonly price_list?: string | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Default discount */
  readonly default_discount?: string | number | null
  /** Delivery address */
  readonly delivery_address?: string | null
  /** Billing address */
  readonly billing_address?: string | null
  readonly owner?: string | null
}

/** Customer group */
export interface CustomerGroup {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Part of */
  readonly parent?: Link | null
  /** Price list */
  readonly price_list?: Link | null
  /** Default discount */
  readonly default_discount?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Customer group */
export interface CustomerGroupCreate {
  /** Name */
  readonly name: string
  /** Part of */
  readonly parent?: string | null
  /** Price list */
  readonly price_list?: string | null
  /** Default discount */
  readonly default_discount?: string | number | null
  readonly owner?: string | null
}

/** Customer group */
export interface CustomerGroupChange {
  /** Name */
  readonly name?: string
  /** Part of */
  readonly parent?: string | null
  /** Price list */
  readonly price_list?: string | null
  /** Default discount */
  readonly default_discount?: string | number | null
  readonly owner?: string | null
}

/** Delegation */
export interface Delegation {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** For */
  readonly user?: Link | null
  /** Deputy */
  readonly to?: Link | null
  /** First day */
  readonly from?: string | null
  /** Last day */
  readonly until?: string | null
  /** Flows */
  readonly flows?: readonly string[] | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Delegation */
export interface DelegationCreate {
  /** For */
  readonly user: string
  /** Deputy */
  readonly to: string
  /** First day */
  readonly from: string
  /** Last day */
  readonly until: string
  /** Flows */
  readonly flows?: readonly string[] | null
  readonly owner?: string | null
}

/** Delegation */
export interface DelegationChange {
  /** For */
  readonly user?: string
  /** Deputy */
  readonly to?: string
  /** First day */
  readonly from?: string
  /** Last day */
  readonly until?: string
  /** Flows */
  readonly flows?: readonly string[] | null
  readonly owner?: string | null
}

/** Exchange rate */
export interface ExchangeRate {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** From currency */
  readonly from_currency?: Link | null
  /** To currency */
  readonly to_currency?: Link | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Rate */
  readonly rate?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Exchange rate */
export interface ExchangeRateCreate {
  /** From currency */
  readonly from_currency: string
  /** To currency */
  readonly to_currency: string
  /** Valid from */
  readonly valid_from?: string | null
  /** Rate */
  readonly rate: string | number
  readonly owner?: string | null
}

/** Exchange rate */
export interface ExchangeRateChange {
  /** From currency */
  readonly from_currency?: string
  /** To currency */
  readonly to_currency?: string
  /** Valid from */
  readonly valid_from?: string | null
  /** Rate */
  readonly rate?: string | number
  readonly owner?: string | null
}

/** Lead */
export interface Lead {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'new' | 'contacted' | 'qualified' | 'converted' | 'lost' | 'pooled' | null
  /** Number */
  readonly number?: string | null
  /** Name */
  readonly name?: string | null
  /** Company */
  readonly company_name?: string | null
  /** Phone */
  readonly phone?: string | null
  /** Email */
  readonly email?: string | null
  /** WeChat */
  readonly wechat?: string | null
  /** Source */
  readonly source?: 'fair' | 'web' | 'form' | 'wecom' | 'referral' | 'call' | null
  /** Campaign */
  readonly campaign?: Link | null
  /** Territory */
  readonly territory?: Link | null
  /** Intent */
  readonly intent?: number | null
  /** Score */
  readonly score?: number | null
  /** Next contact */
  readonly next_contact?: string | null
  /** Reason for the loss */
  readonly lost_reason?: string | null
  /** Customer */
  readonly customer?: Link | null
  /** Opportunity */
  readonly opportunity?: Link | null
  /** External ID */
  readonly external_id?: string | null
  /** Note */
  readonly note?: string | null
  /** Team */
  readonly team?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Lead */
export interface LeadCreate {
  /** Name */
  readonly name: string
  /** Company */
  readonly company_name?: string | null
  /** Phone */
  readonly phone?: string | null
  /** Email */
  readonly email?: string | null
  /** WeChat */
  readonly wechat?: string | null
  /** Source */
  readonly source: 'fair' | 'web' | 'form' | 'wecom' | 'referral' | 'call'
  /** Campaign */
  readonly campaign?: string | null
  /** Territory */
  readonly territory?: string | null
  /** Intent */
  readonly intent?: number | null
  /** Next contact */
  readonly next_contact?: string | null
  /** Reason for the loss */
  readonly lost_reason?: string | null
  /** External ID */
  readonly external_id?: string | null
  /** Note */
  readonly note?: string | null
  /** Team */
  readonly team?: string | null
  readonly owner?: string | null
}

/** Lead */
export interface LeadChange {
  /** Name */
  readonly name?: string
  /** Company */
  readonly company_name?: string | null
  /** Phone */
  readonly phone?: string | null
  /** Email */
  readonly email?: string | null
  /** WeChat */
  readonly wechat?: string | null
  /** Source */
  readonly source?: 'fair' | 'web' | 'form' | 'wecom' | 'referral' | 'call'
  /** Campaign */
  readonly campaign?: string | null
  /** Territory */
  readonly territory?: string | null
  /** Intent */
  readonly intent?: number | null
  /** Next contact */
  readonly next_contact?: string | null
  /** Reason for the loss */
  readonly lost_reason?: string | null
  /** External ID */
  readonly external_id?: string | null
  /** Note */
  readonly note?: string | null
  /** Team */
  readonly team?: string | null
  readonly owner?: string | null
}

export interface OpportunityLinesRow {
  readonly id: string
  /** Description */
  readonly description?: string | null
  /** Quantity */
  readonly quantity?: string | null
  /** Price */
  readonly price?: string | null
  /** Amount */
  readonly amount?: string | null
  /** Product */
  readonly product?: Link | null
}

/** Opportunity */
export interface Opportunity {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'contacted' | 'needs' | 'proposal' | 'negotiation' | 'won' | 'lost' | null
  /** Number */
  readonly number?: string | null
  /** Name */
  readonly name?: string | null
  /** Lead */
  readonly lead?: Link | null
  /** Customer */
  readonly customer?: Link | null
  /** Contact */
  readonly contact?: Link | null
  /** Campaign */
  readonly campaign?: Link | null
  /** Lines */
  readonly lines?: readonly OpportunityLinesRow[]
  /** Estimate */
  readonly estimate?: string | null
  /** Amount */
  readonly amount?: string | null
  /** Probability */
  readonly probability?: string | null
  /** Weighted amount */
  readonly weighted?: string | null
  /** Expected close */
  readonly expected_close?: string | null
  /** Competitor */
  readonly competitor?: string | null
  /** Reason for the loss */
  readonly lost_reason?: string | null
  /** Requirement document */
  readonly requirement_doc?: unknown
  /** Note */
  readonly note?: string | null
  /** Team */
  readonly team?: Link | null
  /** Quotes sent */
  readonly sent_quotes?: number | null
  /** Quoted amount */
  readonly quoted?: string | null
  /** Ordered amount */
  readonly ordered?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface OpportunityCreateLinesRow {
  readonly id?: string
  /** Description */
  readonly description?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
  /** Price */
  readonly price?: string | number | null
  /** Product */
  readonly product?: string | null
}

/** Opportunity */
export interface OpportunityCreate {
  /** Name */
  readonly name?: string | null
  /** Lead */
  readonly lead?: string | null
  /** Customer */
  readonly customer?: string | null
  /** Contact */
  readonly contact?: string | null
  /** Campaign */
  readonly campaign?: string | null
  /** Lines */
  readonly lines?: readonly OpportunityCreateLinesRow[]
  /** Estimate */
  readonly estimate?: string | number | null
  /** Probability */
  readonly probability?: string | number | null
  /** Expected close */
  readonly expected_close: string
  /** Competitor */
  readonly competitor?: string | null
  /** Reason for the loss */
  readonly lost_reason?: string | null
  /** Requirement document */
  readonly requirement_doc?: unknown
  /** Note */
  readonly note?: string | null
  /** Team */
  readonly team?: string | null
  readonly owner?: string | null
}

export interface OpportunityChangeLinesRow {
  readonly id?: string
  /** Description */
  readonly description?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
  /** Price */
  readonly price?: string | number | null
  /** Product */
  readonly product?: string | null
}

/** Opportunity */
export interface OpportunityChange {
  /** Name */
  readonly name?: string | null
  /** Lead */
  readonly lead?: string | null
  /** Customer */
  readonly customer?: string | null
  /** Contact */
  readonly contact?: string | null
  /** Campaign */
  readonly campaign?: string | null
  /** Lines */
  readonly lines?: readonly OpportunityChangeLinesRow[]
  /** Estimate */
  readonly estimate?: string | number | null
  /** Probability */
  readonly probability?: string | number | null
  /** Expected close */
  readonly expected_close?: string
  /** Competitor */
  readonly competitor?: string | null
  /** Reason for the loss */
  readonly lost_reason?: string | null
  /** Requirement document */
  readonly requirement_doc?: unknown
  /** Note */
  readonly note?: string | null
  /** Team */
  readonly team?: string | null
  readonly owner?: string | null
}

export interface OptionGroupOptionsRow {
  readonly id: string
  /** Name */
  readonly name?: string | null
  /** Price difference */
  readonly price_delta?: string | null
  /** Needs */
  readonly needs?: readonly Link[] | null
  /** Excludes */
  readonly excludes?: readonly Link[] | null
}

/** Option group */
export interface OptionGroup {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Product */
  readonly product?: Link | null
  /** Name */
  readonly name?: string | null
  /** At least */
  readonly minimum?: number | null
  /** At most */
  readonly maximum?: number | null
  /** Options */
  readonly options?: readonly OptionGroupOptionsRow[]
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface OptionGroupCreateOptionsRow {
  readonly id?: string
  /** Name */
  readonly name?: string | null
  /** Price difference */
  readonly price_delta?: string | number | null
  /** Needs */
  readonly needs?: readonly string[] | null
  /** Excludes */
  readonly excludes?: readonly string[] | null
}

/** Option group */
export interface OptionGroupCreate {
  /** Product */
  readonly product: string
  /** Name */
  readonly name: string
  /** At least */
  readonly minimum?: number | null
  /** At most */
  readonly maximum?: number | null
  /** Options */
  readonly options?: readonly OptionGroupCreateOptionsRow[]
  readonly owner?: string | null
}

export interface OptionGroupChangeOptionsRow {
  readonly id?: string
  /** Name */
  readonly name?: string | null
  /** Price difference */
  readonly price_delta?: string | number | null
  /** Needs */
  readonly needs?: readonly string[] | null
  /** Excludes */
  readonly excludes?: readonly string[] | null
}

/** Option group */
export interface OptionGroupChange {
  /** Product */
  readonly product?: string
  /** Name */
  readonly name?: string
  /** At least */
  readonly minimum?: number | null
  /** At most */
  readonly maximum?: number | null
  /** Options */
  readonly options?: readonly OptionGroupChangeOptionsRow[]
  readonly owner?: string | null
}

export interface OrderLinesRow {
  readonly id: string
  /** Product */
  readonly product?: Link | null
  /** Description */
  readonly description?: string | null
  /** Unit */
  readonly unit?: Link | null
  /** Quantity */
  readonly quantity?: string | null
  /** List price */
  readonly list_price?: string | null
  /** Price */
  readonly price?: string | null
  /** Price rule */
  readonly price_rule?: Link | null
  /** Manual price */
  readonly manual_price?: boolean | null
  /** Discount */
  readonly discount?: string | null
  /** Net */
  readonly net?: string | null
  /** Tax code */
  readonly tax_code?: Link | null
  /** Tax rate */
  readonly tax_rate?: string | null
  /** Price includes tax */
  readonly tax_included?: boolean | null
  /** Tax */
  readonly tax?: string | null
  /** Gross */
  readonly gross?: string | null
}

/** Order */
export interface Order {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: 'draft' | 'submitted' | 'on_hold' | 'closed' | 'cancelled' | null
  /** Number */
  readonly number?: string | null
  /** Customer */
  readonly customer?: Link | null
  /** Customer reference */
  readonly customer_reference?: string | null
  /** Contact */
  readonly contact?: Link | null
  /** Contract */
  readonly contract?: Link | null
  /** Quote */
  readonly quote?: Link | null
  /** Opportunity */
  readonly opportunity?: Link | null
  /** Order date */
  readonly order_date?: string | null
  /** Promised date */
  readonly promised_date?: string | null
  /** Shipped date */
  readonly shipped_date?: string | null
  /** Carrier */
  readonly carrier?: string | null
  /** Ship to */
  readonly ship_to?: string | null
  /** Bill to */
  readonly bill_to?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Exchange rate */
  readonly exchange_rate?: string | null
  /** Price list */
  readonly price_list?: Link | null
  /** Payment term */
  readonly payment_term?: Link | null
  /** Customer discount */
  readonly customer_discount?: string | null
  /** Lines */
  readonly lines?: readonly OrderLinesRow[]
  /** Net */
  readonly net?: string | null
  /** Tax */
  readonly tax?: string | null
  /** Gross */
  readonly gross?: string | null
  /** Freight */
  readonly freight?: string | null
  /** Total with freight */
  readonly payable_total?: string | null
  /** Gross in base currency */
  readonly base_gross?: string | null
  /** Highest discount */
  readonly max_discount?: string | null
  /** Needs approval */
  readonly needs_approval?: boolean | null
  /** Days late */
  readonly days_late?: number | null
  /** Reason for the hold */
  readonly hold_reason?: string | null
  /** Reason for cancelling */
  readonly cancel_reason?: string | null
  /** Notes */
  readonly notes?: string | null
  /** Team */
  readonly team?: Link | null
  /** Company */
  readonly company?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface OrderCreateLinesRow {
  readonly id?: string
  /** Product */
  readonly product?: string | null
  /** Description */
  readonly description?: string | null
  /** Unit */
  readonly unit?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
  /** List price */
  readonly list_price?: string | number | null
  /** Price */
  readonly price?: string | number | null
  /** Discount */
  readonly discount?: string | number | null
  /** Tax code */
  readonly tax_code?: string | null
}

/** Order */
export interface OrderCreate {
  /** Customer */
  readonly customer: string
  /** Customer reference */
  readonly customer_reference?: string | null
  /** Contact */
  readonly contact?: string | null
  /** Contract */
  readonly contract?: string | null
  /** Quote */
  readonly quote?: string | null
  /** Opportunity */
  readonly opportunity?: string | null
  /** Order date */
  readonly order_date?: string | null
  /** Promised date */
  readonly promised_date?: string | null
  /** Shipped date */
  readonly shipped_date?: string | null
  /** Carrier */
  readonly carrier?: string | null
  /** Ship to */
  readonly ship_to?: string | null
  /** Bill to */
  readonly bill_to?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Exchange rate */
  readonly exchange_rate?: string | number | null
  /** Price list */
  readonly price_list?: string | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Customer discount */
  readonly customer_discount?: string | number | null
  /** Lines */
  readonly lines?: readonly OrderCreateLinesRow[]
  /** Freight */
  readonly freight?: string | number | null
  /** Reason for the hold */
  readonly hold_reason?: string | null
  /** Reason for cancelling */
  readonly cancel_reason?: string | null
  /** Notes */
  readonly notes?: string | null
  /** Team */
  readonly team?: string | null
  /** Company */
  readonly company?: string | null
  readonly owner?: string | null
}

export interface OrderChangeLinesRow {
  readonly id?: string
  /** Product */
  readonly product?: string | null
  /** Description */
  readonly description?: string | null
  /** Unit */
  readonly unit?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
  /** List price */
  readonly list_price?: string | number | null
  /** Price */
  readonly price?: string | number | null
  /** Discount */
  readonly discount?: string | number | null
  /** Tax code */
  readonly tax_code?: string | null
}

/** Order */
export interface OrderChange {
  /** Customer */
  readonly customer?: string
  /** Customer reference */
  readonly customer_reference?: string | null
  /** Contact */
  readonly contact?: string | null
  /** Contract */
  readonly contract?: string | null
  /** Quote */
  readonly quote?: string | null
  /** Opportunity */
  readonly opportunity?: string | null
  /** Order date */
  readonly order_date?: string | null
  /** Promised date */
  readonly promised_date?: string | null
  /** Shipped date */
  readonly shipped_date?: string | null
  /** Carrier */
  readonly carrier?: string | null
  /** Ship to */
  readonly ship_to?: string | null
  /** Bill to */
  readonly bill_to?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Exchange rate */
  readonly exchange_rate?: string | number | null
  /** Price list */
  readonly price_list?: string | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Customer discount */
  readonly customer_discount?: string | number | null
  /** Lines */
  readonly lines?: readonly OrderChangeLinesRow[]
  /** Freight */
  readonly freight?: string | number | null
  /** Reason for the hold */
  readonly hold_reason?: string | null
  /** Reason for cancelling */
  readonly cancel_reason?: string | null
  /** Notes */
  readonly notes?: string | null
  /** Team */
  readonly team?: string | null
  /** Company */
  readonly company?: string | null
  readonly owner?: string | null
}

export interface PaymentTermLinesRow {
  readonly id: string
  /** Share */
  readonly percent?: string | null
  /** Days */
  readonly days?: number | null
  /** Counted from */
  readonly basis?: 'order' | 'shipment' | 'invoice' | 'month_end' | null
}

/** Payment term */
export interface PaymentTerm {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Code */
  readonly code?: string | null
  /** Name */
  readonly name?: string | null
  /** Instalments */
  readonly lines?: readonly PaymentTermLinesRow[]
  /** Active */
  readonly active?: boolean | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface PaymentTermCreateLinesRow {
  readonly id?: string
  /** Share */
  readonly percent?: string | number | null
  /** Days */
  readonly days?: number | null
  /** Counted from */
  readonly basis?: 'order' | 'shipment' | 'invoice' | 'month_end' | null
}

/** Payment term */
export interface PaymentTermCreate {
  /** Code */
  readonly code: string
  /** Name */
  readonly name: string
  /** Instalments */
  readonly lines?: readonly PaymentTermCreateLinesRow[]
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

export interface PaymentTermChangeLinesRow {
  readonly id?: string
  /** Share */
  readonly percent?: string | number | null
  /** Days */
  readonly days?: number | null
  /** Counted from */
  readonly basis?: 'order' | 'shipment' | 'invoice' | 'month_end' | null
}

/** Payment term */
export interface PaymentTermChange {
  /** Code */
  readonly code?: string
  /** Name */
  readonly name?: string
  /** Instalments */
  readonly lines?: readonly PaymentTermChangeLinesRow[]
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Price list */
export interface PriceList {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Valid to */
  readonly valid_to?: string | null
  /** Description */
  readonly description?: string | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Price list */
export interface PriceListCreate {
  /** Name */
  readonly name: string
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Valid to */
  readonly valid_to?: string | null
  /** Description */
  readonly description?: string | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Price list */
export interface PriceListChange {
  /** Name */
  readonly name?: string
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Valid to */
  readonly valid_to?: string | null
  /** Description */
  readonly description?: string | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Price rule */
export interface PriceRule {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Price list */
  readonly price_list?: Link | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Priority */
  readonly priority?: number | null
  /** Customer */
  readonly customer?: Link | null
  /** Customer group */
  readonly group?: Link | null
  /** Customer tier */
  readonly tier?: 'strategic' | 'key' | 'standard' | 'small' | null
  /** Product */
  readonly product?: Link | null
  /** Product category */
  readonly category?: Link | null
  /** From quantity */
  readonly min_quantity?: string | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Valid to */
  readonly valid_to?: string | null
  /** Price */
  readonly price?: string | null
  /** Discount */
  readonly discount?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Price rule */
export interface PriceRuleCreate {
  /** Price list */
  readonly price_list: string
  /** Priority */
  readonly priority?: number | null
  /** Customer */
  readonly customer?: string | null
  /** Customer group */
  readonly group?: string | null
  /** Customer tier */
  readonly tier?: 'strategic' | 'key' | 'standard' | 'small' | null
  /** Product */
  readonly product?: string | null
  /** Product category */
  readonly category?: string | null
  /** From quantity */
  readonly min_quantity?: string | number | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Valid to */
  readonly valid_to?: string | null
  /** Price */
  readonly price?: string | number | null
  /** Discount */
  readonly discount?: string | number | null
  readonly owner?: string | null
}

/** Price rule */
export interface PriceRuleChange {
  /** Price list */
  readonly price_list?: string
  /** Priority */
  readonly priority?: number | null
  /** Customer */
  readonly customer?: string | null
  /** Customer group */
  readonly group?: string | null
  /** Customer tier */
  readonly tier?: 'strategic' | 'key' | 'standard' | 'small' | null
  /** Product */
  readonly product?: string | null
  /** Product category */
  readonly category?: string | null
  /** From quantity */
  readonly min_quantity?: string | number | null
  /** Valid from */
  readonly valid_from?: string | null
  /** Valid to */
  readonly valid_to?: string | null
  /** Price */
  readonly price?: string | number | null
  /** Discount */
  readonly discount?: string | number | null
  readonly owner?: string | null
}

export interface ProductAttributesRow {
  readonly id: string
  /** Name */
  readonly name?: string | null
  /** Value */
  readonly value?: string | null
}

export interface ProductComponentsRow {
  readonly id: string
  /** Product */
  readonly product?: Link | null
  /** Quantity */
  readonly quantity?: string | null
}

/** Product */
export interface Product {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Article number */
  readonly sku?: string | null
  /** Name */
  readonly name?: string | null
  /** Category */
  readonly category?: Link | null
  /** Type */
  readonly type?: 'goods' | 'service' | 'set' | null
  /** Unit */
  readonly unit?: Link | null
  /** Tax code */
  readonly tax_code?: Link | null
  /** List price */
  readonly list_price?: string | null
  /** Variant of */
  readonly variant_of?: Link | null
  /** Attributes */
  readonly attributes?: readonly ProductAttributesRow[]
  /** Components */
  readonly components?: readonly ProductComponentsRow[]
  /** Image */
  readonly image?: unknown
  /** Barcode */
  readonly barcode?: string | null
  /** Description */
  readonly description?: string | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface ProductCreateAttributesRow {
  readonly id?: string
  /** Name */
  readonly name?: string | null
  /** Value */
  readonly value?: string | null
}

export interface ProductCreateComponentsRow {
  readonly id?: string
  /** Product */
  readonly product?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
}

/** Product */
export interface ProductCreate {
  /** Article number */
  readonly sku: string
  /** Name */
  readonly name: string
  /** Category */
  readonly category?: string | null
  /** Type */
  readonly type?: 'goods' | 'service' | 'set' | null
  /** Unit */
  readonly unit: string
  /** Tax code */
  readonly tax_code?: string | null
  /** List price */
  readonly list_price?: string | number | null
  /** Variant of */
  readonly variant_of?: string | null
  /** Attributes */
  readonly attributes?: readonly ProductCreateAttributesRow[]
  /** Components */
  readonly components?: readonly ProductCreateComponentsRow[]
  /** Image */
  readonly image?: unknown
  /** Barcode */
  readonly barcode?: string | null
  /** Description */
  readonly description?: string | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

export interface ProductChangeAttributesRow {
  readonly id?: string
  /** Name */
  readonly name?: string | null
  /** Value */
  readonly value?: string | null
}

export interface ProductChangeComponentsRow {
  readonly id?: string
  /** Product */
  readonly product?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
}

/** Product */
export interface ProductChange {
  /** Article number */
  readonly sku?: string
  /** Name */
  readonly name?: string
  /** Category */
  readonly category?: string | null
  /** Type */
  readonly type?: 'goods' | 'service' | 'set' | null
  /** Unit */
  readonly unit?: string
  /** Tax code */
  readonly tax_code?: string | null
  /** List price */
  readonly list_price?: string | number | null
  /** Variant of */
  readonly variant_of?: string | null
  /** Attributes */
  readonly attributes?: readonly ProductChangeAttributesRow[]
  /** Components */
  readonly components?: readonly ProductChangeComponentsRow[]
  /** Image */
  readonly image?: unknown
  /** Barcode */
  readonly barcode?: string | null
  /** Description */
  readonly description?: string | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Product category */
export interface ProductCategory {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Parent category */
  readonly parent?: Link | null
  /** Description */
  readonly description?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Product category */
export interface ProductCategoryCreate {
  /** Name */
  readonly name: string
  /** Parent category */
  readonly parent?: string | null
  /** Description */
  readonly description?: string | null
  readonly owner?: string | null
}

/** Product category */
export interface ProductCategoryChange {
  /** Name */
  readonly name?: string
  /** Parent category */
  readonly parent?: string | null
  /** Description */
  readonly description?: string | null
  readonly owner?: string | null
}

export interface QuoteLinesRow {
  readonly id: string
  /** Product */
  readonly product?: Link | null
  /** Description */
  readonly description?: string | null
  /** Unit */
  readonly unit?: Link | null
  /** Quantity */
  readonly quantity?: string | null
  /** List price */
  readonly list_price?: string | null
  /** Price */
  readonly price?: string | null
  /** Price rule */
  readonly price_rule?: Link | null
  /** Manual price */
  readonly manual_price?: boolean | null
  /** Discount */
  readonly discount?: string | null
  /** Net */
  readonly net?: string | null
  /** Tax code */
  readonly tax_code?: Link | null
  /** Tax rate */
  readonly tax_rate?: string | null
  /** Price includes tax */
  readonly tax_included?: boolean | null
  /** Tax */
  readonly tax?: string | null
  /** Gross */
  readonly gross?: string | null
}

/** Quote */
export interface Quote {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?:
    | 'draft'
    | 'in_approval'
    | 'approved'
    | 'rejected'
    | 'sent'
    | 'accepted'
    | 'declined'
    | 'expired'
    | 'superseded'
    | null
  /** Number */
  readonly number?: string | null
  /** Revision */
  readonly revision?: number | null
  /** Revises */
  readonly revises?: Link | null
  /** Opportunity */
  readonly opportunity?: Link | null
  /** Customer */
  readonly customer?: Link | null
  /** Contact */
  readonly contact?: Link | null
  /** Quote date */
  readonly quote_date?: string | null
  /** Valid until */
  readonly valid_until?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Exchange rate */
  readonly exchange_rate?: string | null
  /** Price list */
  readonly price_list?: Link | null
  /** Payment term */
  readonly payment_term?: Link | null
  /** Customer discount */
  readonly customer_discount?: string | null
  /** Ship to */
  readonly ship_to?: string | null
  /** Bill to */
  readonly bill_to?: string | null
  /** Lines */
  readonly lines?: readonly QuoteLinesRow[]
  /** Net */
  readonly net?: string | null
  /** Tax */
  readonly tax?: string | null
  /** Gross */
  readonly gross?: string | null
  /** Gross in base currency */
  readonly base_gross?: string | null
  /** Highest discount */
  readonly max_discount?: string | null
  /** Needs approval */
  readonly needs_approval?: boolean | null
  /** Terms */
  readonly terms?: string | null
  /** Internal notes */
  readonly notes?: string | null
  /** Reason for the rejection */
  readonly reject_reason?: string | null
  /** Why declined */
  readonly decline_reason?: string | null
  /** Team */
  readonly team?: Link | null
  /** Company */
  readonly company?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

export interface QuoteCreateLinesRow {
  readonly id?: string
  /** Product */
  readonly product?: string | null
  /** Description */
  readonly description?: string | null
  /** Unit */
  readonly unit?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
  /** List price */
  readonly list_price?: string | number | null
  /** Price */
  readonly price?: string | number | null
  /** Discount */
  readonly discount?: string | number | null
  /** Tax code */
  readonly tax_code?: string | null
}

/** Quote */
export interface QuoteCreate {
  /** Opportunity */
  readonly opportunity?: string | null
  /** Customer */
  readonly customer: string
  /** Contact */
  readonly contact?: string | null
  /** Quote date */
  readonly quote_date?: string | null
  /** Valid until */
  readonly valid_until?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Exchange rate */
  readonly exchange_rate?: string | number | null
  /** Price list */
  readonly price_list?: string | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Customer discount */
  readonly customer_discount?: string | number | null
  /** Ship to */
  readonly ship_to?: string | null
  /** Bill to */
  readonly bill_to?: string | null
  /** Lines */
  readonly lines?: readonly QuoteCreateLinesRow[]
  /** Terms */
  readonly terms?: string | null
  /** Internal notes */
  readonly notes?: string | null
  /** Reason for the rejection */
  readonly reject_reason?: string | null
  /** Why declined */
  readonly decline_reason?: string | null
  /** Team */
  readonly team?: string | null
  /** Company */
  readonly company?: string | null
  readonly owner?: string | null
}

export interface QuoteChangeLinesRow {
  readonly id?: string
  /** Product */
  readonly product?: string | null
  /** Description */
  readonly description?: string | null
  /** Unit */
  readonly unit?: string | null
  /** Quantity */
  readonly quantity?: string | number | null
  /** List price */
  readonly list_price?: string | number | null
  /** Price */
  readonly price?: string | number | null
  /** Discount */
  readonly discount?: string | number | null
  /** Tax code */
  readonly tax_code?: string | null
}

/** Quote */
export interface QuoteChange {
  /** Opportunity */
  readonly opportunity?: string | null
  /** Customer */
  readonly customer?: string
  /** Contact */
  readonly contact?: string | null
  /** Quote date */
  readonly quote_date?: string | null
  /** Valid until */
  readonly valid_until?: string | null
  /** Currency */
  readonly currency?: 'CNY' | 'USD' | 'EUR' | 'GBP' | 'JPY' | 'HKD' | null
  /** Exchange rate */
  readonly exchange_rate?: string | number | null
  /** Price list */
  readonly price_list?: string | null
  /** Payment term */
  readonly payment_term?: string | null
  /** Customer discount */
  readonly customer_discount?: string | number | null
  /** Ship to */
  readonly ship_to?: string | null
  /** Bill to */
  readonly bill_to?: string | null
  /** Lines */
  readonly lines?: readonly QuoteChangeLinesRow[]
  /** Terms */
  readonly terms?: string | null
  /** Internal notes */
  readonly notes?: string | null
  /** Reason for the rejection */
  readonly reject_reason?: string | null
  /** Why declined */
  readonly decline_reason?: string | null
  /** Team */
  readonly team?: string | null
  /** Company */
  readonly company?: string | null
  readonly owner?: string | null
}

/** Role */
export interface Role {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Label */
  readonly label?: string | null
  /** Description */
  readonly description?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Role */
export interface RoleCreate {
  readonly owner?: string | null
}

/** Role */
export interface RoleChange {
  readonly owner?: string | null
}

/** Sales target */
export interface SalesTarget {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Person */
  readonly user?: Link | null
  /** Team */
  readonly team?: Link | null
  /** Period */
  readonly period?: 'month' | 'quarter' | 'year' | null
  /** Starts on */
  readonly starts_on?: string | null
  /** Amount */
  readonly amount?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Sales target */
export interface SalesTargetCreate {
  /** Person */
  readonly user?: string | null
  /** Team */
  readonly team?: string | null
  /** Period */
  readonly period?: 'month' | 'quarter' | 'year' | null
  /** Starts on */
  readonly starts_on: string
  /** Amount */
  readonly amount: string | number
  readonly owner?: string | null
}

/** Sales target */
export interface SalesTargetChange {
  /** Person */
  readonly user?: string | null
  /** Team */
  readonly team?: string | null
  /** Period */
  readonly period?: 'month' | 'quarter' | 'year' | null
  /** Starts on */
  readonly starts_on?: string
  /** Amount */
  readonly amount?: string | number
  readonly owner?: string | null
}

/** Tax code */
export interface TaxCode {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Code */
  readonly code?: string | null
  /** Name */
  readonly name?: string | null
  /** Rate */
  readonly rate?: string | null
  /** Price includes tax */
  readonly included?: boolean | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Tax code */
export interface TaxCodeCreate {
  /** Code */
  readonly code: string
  /** Name */
  readonly name: string
  /** Rate */
  readonly rate: string | number
  /** Price includes tax */
  readonly included?: boolean | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Tax code */
export interface TaxCodeChange {
  /** Code */
  readonly code?: string
  /** Name */
  readonly name?: string
  /** Rate */
  readonly rate?: string | number
  /** Price includes tax */
  readonly included?: boolean | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Team */
export interface Team {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Parent team */
  readonly parent?: Link | null
  /** Leader */
  readonly leader?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Team */
export interface TeamCreate {
  /** Name */
  readonly name: string
  /** Parent team */
  readonly parent?: string | null
  /** Leader */
  readonly leader?: string | null
  readonly owner?: string | null
}

/** Team */
export interface TeamChange {
  /** Name */
  readonly name?: string
  /** Parent team */
  readonly parent?: string | null
  /** Leader */
  readonly leader?: string | null
  readonly owner?: string | null
}

/** Territory */
export interface Territory {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Name */
  readonly name?: string | null
  /** Part of */
  readonly parent?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Territory */
export interface TerritoryCreate {
  /** Name */
  readonly name: string
  /** Part of */
  readonly parent?: string | null
  readonly owner?: string | null
}

/** Territory */
export interface TerritoryChange {
  /** Name */
  readonly name?: string
  /** Part of */
  readonly parent?: string | null
  readonly owner?: string | null
}

/** Unit */
export interface Unit {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Code */
  readonly code?: string | null
  /** Name */
  readonly name?: string | null
  /** Decimals */
  readonly decimals?: number | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Unit */
export interface UnitCreate {
  /** Code */
  readonly code: string
  /** Name */
  readonly name: string
  /** Decimals */
  readonly decimals?: number | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Unit */
export interface UnitChange {
  /** Code */
  readonly code?: string
  /** Name */
  readonly name?: string
  /** Decimals */
  readonly decimals?: number | null
  /** Active */
  readonly active?: boolean | null
  readonly owner?: string | null
}

/** Unit conversion */
export interface UnitConversion {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Product */
  readonly product?: Link | null
  /** From unit */
  readonly from_unit?: Link | null
  /** To unit */
  readonly to_unit?: Link | null
  /** Factor */
  readonly factor?: string | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** Unit conversion */
export interface UnitConversionCreate {
  /** Product */
  readonly product?: string | null
  /** From unit */
  readonly from_unit: string
  /** To unit */
  readonly to_unit: string
  /** Factor */
  readonly factor: string | number
  readonly owner?: string | null
}

/** Unit conversion */
export interface UnitConversionChange {
  /** Product */
  readonly product?: string | null
  /** From unit */
  readonly from_unit?: string
  /** To unit */
  readonly to_unit?: string
  /** Factor */
  readonly factor?: string | number
  readonly owner?: string | null
}

/** User */
export interface User {
  readonly id: string
  readonly version: number
  readonly title: string | null
  /** Login */
  readonly login?: string | null
  /** Name */
  readonly name?: string | null
  /** Email */
  readonly email?: string | null
  /** Language */
  readonly locale?: 'en' | 'zh-CN' | null
  /** Time zone */
  readonly zone?: string | null
  /** Roles */
  readonly roles?: readonly string[] | null
  /** Team */
  readonly team?: Link | null
  /** Manager */
  readonly manager?: Link | null
  /** Active */
  readonly active?: boolean | null
  /** Company */
  readonly company?: Link | null
  /** Skills */
  readonly skills?: readonly string[] | null
  /** Absent from */
  readonly absent_from?: string | null
  /** Absent to */
  readonly absent_to?: string | null
  /** Successor */
  readonly successor?: Link | null
  /** Contact */
  readonly contact?: Link | null
  readonly owner?: Link | null
  readonly created_at: string
  readonly created_by?: Link | null
  readonly updated_at: string
  readonly updated_by?: Link | null
  readonly deleted_at?: string
  readonly can?: readonly string[]
}

/** User */
export interface UserCreate {
  /** Login */
  readonly login: string
  /** Name */
  readonly name: string
  /** Email */
  readonly email?: string | null
  /** Language */
  readonly locale?: 'en' | 'zh-CN' | null
  /** Time zone */
  readonly zone?: string | null
  /** Roles */
  readonly roles?: readonly string[] | null
  /** Team */
  readonly team?: string | null
  /** Manager */
  readonly manager?: string | null
  /** Active */
  readonly active?: boolean | null
  /** Company */
  readonly company?: string | null
  /** Skills */
  readonly skills?: readonly string[] | null
  /** Absent from */
  readonly absent_from?: string | null
  /** Absent to */
  readonly absent_to?: string | null
  /** Successor */
  readonly successor?: string | null
  /** Contact */
  readonly contact?: string | null
  readonly owner?: string | null
}

/** User */
export interface UserChange {
  /** Login */
  readonly login?: string
  /** Name */
  readonly name?: string
  /** Email */
  readonly email?: string | null
  /** Language */
  readonly locale?: 'en' | 'zh-CN' | null
  /** Time zone */
  readonly zone?: string | null
  /** Roles */
  readonly roles?: readonly string[] | null
  /** Team */
  readonly team?: string | null
  /** Manager */
  readonly manager?: string | null
  /** Active */
  readonly active?: boolean | null
  /** Company */
  readonly company?: string | null
  /** Skills */
  readonly skills?: readonly string[] | null
  /** Absent from */
  readonly absent_from?: string | null
  /** Absent to */
  readonly absent_to?: string | null
  /** Successor */
  readonly successor?: string | null
  /** Contact */
  readonly contact?: string | null
  readonly owner?: string | null
}

/** What the client knows of each form. */
export interface Forms {
  readonly activity: {
    readonly record: Activity
    readonly create: ActivityCreate
    readonly change: ActivityChange
  }
  readonly campaign: {
    readonly record: Campaign
    readonly create: CampaignCreate
    readonly change: CampaignChange
  }
  readonly campaign_member: {
    readonly record: CampaignMember
    readonly create: CampaignMemberCreate
    readonly change: CampaignMemberChange
  }
  readonly company: {
    readonly record: Company
    readonly create: CompanyCreate
    readonly change: CompanyChange
  }
  readonly contact: {
    readonly record: Contact
    readonly create: ContactCreate
    readonly change: ContactChange
  }
  readonly contract: {
    readonly record: Contract
    readonly create: ContractCreate
    readonly change: ContractChange
  }
  readonly currency: {
    readonly record: Currency
    readonly create: CurrencyCreate
    readonly change: CurrencyChange
  }
  readonly customer: {
    readonly record: Customer
    readonly create: CustomerCreate
    readonly change: CustomerChange
  }
  readonly customer_group: {
    readonly record: CustomerGroup
    readonly create: CustomerGroupCreate
    readonly change: CustomerGroupChange
  }
  readonly delegation: {
    readonly record: Delegation
    readonly create: DelegationCreate
    readonly change: DelegationChange
  }
  readonly exchange_rate: {
    readonly record: ExchangeRate
    readonly create: ExchangeRateCreate
    readonly change: ExchangeRateChange
  }
  readonly lead: {
    readonly record: Lead
    readonly create: LeadCreate
    readonly change: LeadChange
  }
  readonly opportunity: {
    readonly record: Opportunity
    readonly create: OpportunityCreate
    readonly change: OpportunityChange
  }
  readonly option_group: {
    readonly record: OptionGroup
    readonly create: OptionGroupCreate
    readonly change: OptionGroupChange
  }
  readonly order: {
    readonly record: Order
    readonly create: OrderCreate
    readonly change: OrderChange
  }
  readonly payment_term: {
    readonly record: PaymentTerm
    readonly create: PaymentTermCreate
    readonly change: PaymentTermChange
  }
  readonly price_list: {
    readonly record: PriceList
    readonly create: PriceListCreate
    readonly change: PriceListChange
  }
  readonly price_rule: {
    readonly record: PriceRule
    readonly create: PriceRuleCreate
    readonly change: PriceRuleChange
  }
  readonly product: {
    readonly record: Product
    readonly create: ProductCreate
    readonly change: ProductChange
  }
  readonly product_category: {
    readonly record: ProductCategory
    readonly create: ProductCategoryCreate
    readonly change: ProductCategoryChange
  }
  readonly quote: {
    readonly record: Quote
    readonly create: QuoteCreate
    readonly change: QuoteChange
  }
  readonly role: {
    readonly record: Role
    readonly create: RoleCreate
    readonly change: RoleChange
  }
  readonly sales_target: {
    readonly record: SalesTarget
    readonly create: SalesTargetCreate
    readonly change: SalesTargetChange
  }
  readonly tax_code: {
    readonly record: TaxCode
    readonly create: TaxCodeCreate
    readonly change: TaxCodeChange
  }
  readonly team: {
    readonly record: Team
    readonly create: TeamCreate
    readonly change: TeamChange
  }
  readonly territory: {
    readonly record: Territory
    readonly create: TerritoryCreate
    readonly change: TerritoryChange
  }
  readonly unit: {
    readonly record: Unit
    readonly create: UnitCreate
    readonly change: UnitChange
  }
  readonly unit_conversion: {
    readonly record: UnitConversion
    readonly create: UnitConversionCreate
    readonly change: UnitConversionChange
  }
  readonly user: {
    readonly record: User
    readonly create: UserCreate
    readonly change: UserChange
  }
}
