import { writeFileSync } from 'node:fs'
import { buildUp } from '/work/wt/demo/data/demo/plan/build-up.ts'
import { boundsOf, signedArea } from '/work/wt/demo/data/demo/plane.ts'
const t0 = performance.now()
const built = buildUp(1)
console.log('ms', performance.now() - t0)
let n = 0; const by: Record<string, number> = {}; let cap=0
let grids=0, area=0
for (const c of built.communities) for (const g of c.grids) { grids++; let flats = 0, ga=0; for (const b of g.blocks) { ga+=signedArea(b.site.ring); for (const d of b.site.drafts) { n++; by[d.sort] = (by[d.sort] ?? 0) + 1; flats += d.floors*d.units*d.flatsPerFloor } }
 area+=ga; cap+=flats; console.log(c.name, g.plan.dedicated ?? '', g.blocks.map(b => b.plan.sort + ':' + b.site.drafts.length).join(' '), 'flats', flats, 'ha', (ga/1e4).toFixed(1)) }
console.log(n, by, 'cap', cap, 'grids', grids, 'ha', area/1e4)
const W = Number(process.argv[2] ?? 2000)
const all = built.plan.points
let [x0,y0,x1,y1] = process.argv[3] ? process.argv[3].split(',').map(Number) : boundsOf(all)
const k = W/(x1-x0); const H = Math.round((y1-y0)*k)
const P = (r: any) => r.map(([x,y]: any) => `${((x-x0)*k).toFixed(1)},${((y1-y)*k).toFixed(1)}`).join(' ')
let s = `<svg xmlns="http://www.w3.org/2000/svg" width="${W}" height="${H}"><rect width="100%" height="100%" fill="#f4f3ef"/>`
const col: any = {school:'#efe6d0',medical:'#f3dfe0',market:'#efe0cc',commercial:'#eee2e2',industrial:'#e6e2ea',temple:'#efe6c8',square:'#eceae2',construction:'#e8dfcf',track:'#e3b9a0',pitch:'#bcd7a5',park:'#d5e4c8',garden:'#dbe8cf',pond:'#cfe0ea'}
const blocks = built.communities.flatMap(c => c.grids.flatMap(g => g.blocks))
for (const layer of ['land','green','water','path']) for (const b of blocks) for (const o of b.site.ornaments) if (o.layer===layer) s += layer==='path' ? `<polyline points="${P(o.points)}" fill="none" stroke="#e2ded2" stroke-width="${1.6*k}"/>` : `<polygon points="${P(o.points)}" fill="${col[o.kind]??'#ddd'}"/>`
const w: any = {arterial:26,secondary:16,residential:10,lane:6,rail:8,canal:22,bank:4}
for (const [a,b,e] of built.plan.edges()) s += `<polyline points="${P([all[a],all[b]])}" stroke="${e.kind==='canal'?'#cfe0ea':e.kind==='rail'?'#bbb':e.kind==='bank'?'#9fc0d8':'#fff'}" stroke-width="${(w[e.kind])*k}" stroke-linecap="round"/>`
for (const b of blocks) for (const d of b.site.drafts) s += `<path fill-rule="evenodd" d="M${P(d.shape.outer).replaceAll(' ','L')}Z${d.shape.courts.map((c:any)=>'M'+P(c).replaceAll(' ','L')+'Z').join('')}" fill="${d.use==='residential'?'#d9d2c4':d.use==='mixed'?'#dccdb8':'#d8c5bd'}" stroke="#b9b0a0" stroke-width="0.5"/>`
writeFileSync('/tmp/demo.svg', s + '</svg>')
writeFileSync('/tmp/demo.html', `<body style="margin:0">${s}</svg></body>`)
console.log(W,H)
