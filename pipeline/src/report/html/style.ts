/** The report's looks; its hash stands in the page's policy, see `page.ts`. */
export const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1c2330;--soft:#5b6675;--line:#dfe3e8;
--green:#1a7f4b;--red:#c62f3b;--yellow:#9a6700;--grey:#8a94a3;--blue:#2f6fd0;--code:#f0f2f5;
--green-bg:#e3f5eb;--red-bg:#fdeaec;--yellow-bg:#fdf3d8;--grey-bg:#eceff3}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--card:#1a2029;--ink:#e4e9f0;--soft:#98a4b3;
--line:#2c3541;--green:#4cc38a;--red:#ff7b83;--yellow:#e3b341;--grey:#7d8897;--blue:#7aa7f0;--code:#11151b;
--green-bg:#163527;--red-bg:#3d1d22;--yellow-bg:#37301a;--grey-bg:#252d38}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main,header .in,nav .in,footer{max-width:1080px;margin:0 auto;padding:0 24px}
a{color:var(--blue);text-decoration:none}a:hover{text-decoration:underline}
code,pre,.mono{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
header{background:var(--card);border-bottom:1px solid var(--line);border-top:6px solid var(--grey);padding:28px 0 22px}
header.green{border-top-color:var(--green)}header.red{border-top-color:var(--red)}header.yellow{border-top-color:var(--yellow)}
header h1{font-size:26px;line-height:1.25;margin:0 0 4px;font-weight:650;overflow-wrap:anywhere}
header .title{color:var(--soft);overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:6px 22px;margin:16px 0 0}
.facts div{min-width:0}.facts dt{color:var(--soft);font-size:12px}.facts dd{margin:0;overflow-wrap:anywhere}
nav{position:sticky;top:0;background:var(--bg);border-bottom:1px solid var(--line);z-index:2}
nav .in{display:flex;gap:20px;overflow-x:auto;scrollbar-width:none;padding-top:9px;padding-bottom:9px;font-size:14px}
nav a{color:var(--soft);white-space:nowrap}
section{margin:28px 0;scroll-margin-top:48px}
h2{font-size:18px;margin:0 0 12px;font-weight:650}
h3{font-size:15px;margin:0;font-weight:650}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.pad{padding:14px 18px}
.card+.card{margin-top:14px}
table{border-collapse:collapse;width:100%}
th{font-weight:500;color:var(--soft);font-size:12.5px;text-align:left}
th,td{padding:8px 14px;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.w{overflow-wrap:anywhere}
.nowrap{white-space:nowrap}
.soft{color:var(--soft)}
.green{color:var(--green)}.red{color:var(--red)}.yellow{color:var(--yellow)}.grey{color:var(--grey)}
header.green,header.red,header.yellow,header.grey{color:inherit}
.pill{display:inline-block;padding:1px 9px;border-radius:99px;font-size:12.5px;white-space:nowrap}
.pill.green{background:var(--green-bg)}.pill.red{background:var(--red-bg)}
.pill.yellow{background:var(--yellow-bg)}.pill.grey{background:var(--grey-bg);color:var(--soft)}
.bar{display:block;width:100%;height:10px;border-radius:5px;background:var(--grey-bg)}
rect.green{fill:var(--green)}rect.red{fill:var(--red)}rect.yellow{fill:var(--yellow)}rect.grey{fill:var(--grey)}
rect.mark{fill:var(--ink)}
.time{display:grid;grid-template-columns:minmax(120px,230px) 1fr 74px;gap:3px 14px;align-items:center;padding:14px 18px}
.time .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.time .step{padding-left:16px;color:var(--soft);font-size:13px}
.time .secs{text-align:right;font-variant-numeric:tabular-nums;color:var(--soft);font-size:13px}
.time .bar{margin:0;height:14px;border-radius:3px;background:none}.time .bar.thin{height:7px}
.time .axis{display:flex;justify-content:space-between;font-size:11.5px;color:var(--soft)}
.time .track{fill:var(--grey-bg)}
.stagehead{display:flex;gap:12px;align-items:baseline;flex-wrap:wrap;padding:13px 18px;border-bottom:1px solid var(--line)}
.stagehead .again{margin-left:auto}
.trouble{padding:14px 18px;border-bottom:1px solid var(--line)}.trouble:last-child{border-bottom:0}
.trouble p{margin:6px 0;overflow-wrap:anywhere}
.mend{border-left:3px solid var(--blue);padding-left:10px}
code{background:var(--code);padding:1px 5px;border-radius:4px;overflow-wrap:anywhere}
pre{background:var(--code);margin:8px 0;padding:12px 14px;border-radius:8px;overflow:auto;max-height:560px;white-space:pre-wrap;overflow-wrap:anywhere}
td .bar{margin-top:6px}span+.bar{margin-top:3px}
.pad ul.plain{margin-bottom:0}
ul.plain{list-style:none;margin:8px 0;padding:0}ul.plain>li{padding:4px 0}
details>summary{cursor:pointer;overflow-wrap:anywhere}
details.row{border-bottom:1px solid var(--line)}details.row:last-child{border-bottom:0}
details.row>summary{padding:9px 18px}details.row>pre,details.row>div{margin:0 18px 14px}
.fail{padding:6px 0}.fail .msg{display:block;margin-left:17px}
.log .c1{color:var(--red)}.log .c2{color:var(--green)}.log .c3{color:var(--yellow)}.log .c4{color:var(--blue)}
.log .c5{color:#a45fc4}.log .c6{color:#1d8f9e}.log .b{font-weight:700}.log .d{color:var(--soft)}
button{font:inherit;font-size:13px;color:var(--blue);background:none;border:0;padding:0;cursor:pointer}
.split{display:flex;justify-content:space-between;align-items:baseline;gap:16px}
.cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:14px}
.cols .card+.card{margin-top:0}
footer{color:var(--soft);font-size:13px;padding-bottom:40px}
#findings td:first-child{width:76px}#findings td:last-child{width:230px}
@media (max-width:640px){.hide{display:none}#stages tr{display:flex;flex-wrap:wrap;gap:3px 12px;padding:9px 14px;border-bottom:1px solid var(--line)}
#stages th{display:none}#stages td{padding:0;border:0}#stages td.w{width:100%}#stages tr:first-child{display:none}th,td{padding:7px 9px}.time{grid-template-columns:110px 1fr 62px}}
@media print{nav,button{display:none}body{background:none}}
`;
