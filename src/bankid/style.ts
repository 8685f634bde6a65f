// The island's looks: one style sheet and one icon, served from here, nothing from elsewhere.

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#39134c"/><path d="M8 20v-8m5 8v-8m6 8v-8m5 8v-8" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>`

export const style = `*{box-sizing:border-box}
html{font:100%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1f1626;background:#f4f0f7}
body{margin:0;padding:0 1rem 3rem}
.simulated{margin:0 -1rem;padding:.6rem 1rem;background:#ffd84d;color:#1f1626;text-align:center;font-weight:600;font-size:.9rem}
.card{max-width:26rem;margin:2rem auto 0;padding:1.5rem;background:#fff;border-radius:.75rem;box-shadow:0 1px 4px rgba(31,22,38,.18)}
.wide{max-width:60rem}
.brand{margin:0 0 1rem;padding-bottom:.75rem;border-bottom:1px solid #e3dbe8;color:#39134c;font-weight:700;letter-spacing:.02em}
h1{margin:0 0 .25rem;font-size:1.6rem;line-height:1.2}
p{margin:.5rem 0}
.client{color:#54475c}
.step{margin:1rem 0 0;color:#54475c;font-size:.9rem}
.help{margin:.1rem 0 .4rem;color:#54475c;font-size:.9rem;font-weight:400}
label{display:block;margin-top:1rem;font-weight:600}
input:not([type=hidden]){width:100%;min-height:3rem;padding:.5rem .75rem;border:2px solid #76667f;border-radius:.5rem;background:#fff;color:inherit;font:inherit;font-size:1.2rem;letter-spacing:.04em}
input[aria-invalid]{border-color:#b3001b}
:focus-visible{outline:3px solid #7a3ea8;outline-offset:2px}
.message{margin:1rem 0 0;padding:.75rem;border-left:4px solid #b3001b;border-radius:.25rem;background:#fdecee}
.buttons{display:flex;flex-direction:column;gap:.75rem;margin:1.25rem 0 0}
button{min-height:3rem;padding:.5rem 1rem;border:2px solid #39134c;border-radius:.5rem;background:#39134c;color:#fff;font:inherit;font-weight:600;cursor:pointer}
button:hover{background:#52206c}
button.quiet{background:#fff;color:#39134c}
button.quiet:hover{background:#f4f0f7}
button.small{min-height:2.2rem;padding:.1rem .75rem;margin-top:.25rem}
a{color:#5a1f86}
code{overflow-wrap:anywhere;font:.95em/1.4 ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
.documents{margin:1rem 0;padding:0 0 0 1.25rem}
.documents li{margin:.75rem 0;padding-left:.25rem}
.label{margin:0;font-weight:600;overflow-wrap:anywhere}
details{margin-top:.25rem;font-size:.9rem}
summary{cursor:pointer;color:#54475c;padding:.25rem 0}
.person{margin:1rem 0 0}
dt{color:#54475c;font-size:.9rem}
dd{margin:0;font-weight:600}
.technical{margin-top:1rem;color:#54475c;font-size:.85rem}
table{width:100%;border-collapse:collapse;margin-top:1rem;text-align:left}
th,td{padding:.6rem .5rem;border-bottom:1px solid #e3dbe8;vertical-align:top}
.code{font-size:1.2em;font-weight:700}
.label{white-space:pre-line}
h2{margin:1.25rem 0 .25rem;font-size:1.15rem}
.words{margin:1rem 0}
.words dd{padding:.6rem;border:2px solid #39134c;border-radius:.5rem;font-size:1.4rem;text-align:center;letter-spacing:.06em}
.others{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid #e3dbe8}
.others span{width:100%;color:#54475c;font-size:.9rem}
.others button{min-height:2.75rem;padding:.25rem .75rem;border-width:1px;font-weight:500;font-size:.95rem}
.message.good{border-color:#0b6b3a;background:#e8f5ee}
.phone{margin-bottom:2rem;padding:1rem;border:2px solid #39134c;border-radius:.75rem}
.requests{margin:.5rem 0 0;padding:0;list-style:none}
.request{padding:.75rem 0;border-top:1px solid #e3dbe8}
.buttons.row{flex-direction:row}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(max-width:44rem){thead{position:absolute;clip-path:inset(50%)}tr{display:block;padding:.75rem 0;border-bottom:1px solid #e3dbe8}th,td{display:block;border:0;padding:.15rem 0}td::before{content:attr(data-label) ": ";color:#54475c;font-size:.9rem}}
`
