/** The people of marketing and sales, and what they are to sell. */
import { user } from '../base.mjs'
import { day } from '../random.mjs'

const staff = [
  ['liu.jianping', '刘建平', 'zh-CN', 'sales_manager', 'Sales', 'chen.guohua'],
  ['wang.fang', '王芳', 'zh-CN', 'sales_manager', 'Domestic', 'liu.jianping'],
  ['mark.ellison', 'Mark Ellison', 'en', 'sales_manager', 'Export', 'liu.jianping'],
  ['li.wei', '李伟', 'zh-CN', 'sales_rep', 'Domestic', 'wang.fang', ['lamps', 'commercial']],
  ['zhang.jing', '张静', 'zh-CN', 'sales_rep', 'Domestic', 'wang.fang', ['hardware', 'interiors']],
  ['chen.hao', '陈昊', 'zh-CN', 'sales_rep', 'Domestic', 'wang.fang', ['outdoor']],
  ['yang.xue', '杨雪', 'zh-CN', 'sales_rep', 'Domestic', 'wang.fang', ['commercial', 'interiors']],
  ['zhou.lei', '周磊', 'zh-CN', 'sales_rep', 'Domestic', 'wang.fang', ['hardware', 'outdoor']],
  ['emma.clarke', 'Emma Clarke', 'en', 'sales_rep', 'Export', 'mark.ellison', ['lamps', 'interiors']],
  ['daniel.novak', 'Daniel Novak', 'en', 'sales_rep', 'Export', 'mark.ellison', ['hardware', 'commercial']],
  ['lin.jiayi', '林佳怡', 'zh-CN', 'sales_rep', 'Export', 'mark.ellison', ['outdoor', 'lamps']],
  ['he.tingting', '何婷婷', 'zh-CN', 'marketer', 'Sales', 'liu.jianping'],
  ['tom.fischer', 'Tom Fischer', 'en', 'marketer', 'Sales', 'liu.jianping'],
]

export const makeUsers = () => staff.map(user)

const months = [-3, -2, -1, 0, 1, 2].map((month) => Math.round(month * 30.44))

const target = (who, period, offset, amount) => ({
  user: who.user,
  team: who.team,
  period,
  starts_on: day(offset),
  amount: `${amount}.00`,
})

export function makeTargets(random, users) {
  const reps = users.filter(({ roles }) => roles.includes('sales_rep'))
  const monthly = reps.flatMap(({ login }) => {
    const base = random.int(18, 34) * 10000
    return months.map((offset, index) => target({ user: login }, 'month', offset, base + index * 5000))
  })
  const quarterly = [
    ['Sales', 6400000],
    ['Domestic', 4000000],
    ['Export', 2400000],
  ].flatMap(([team, amount]) => [
    target({ team }, 'quarter', months[0], amount),
    target({ team }, 'quarter', months[3], Math.round(amount * 1.08)),
  ])
  return [...monthly, ...quarterly]
}
