/** What the dashboard needs beside the report's looks; its hash stands in the page's policy. */
export const dashboardStyle = `
.metric{display:flex;flex-direction:column}
.metric .big{font-size:24px;font-weight:650;line-height:1.3;margin-top:4px;font-variant-numeric:tabular-nums}
.metric .big.none{font-size:15px;font-weight:400;color:var(--soft)}
.metric p{margin:2px 0;overflow-wrap:anywhere}
.metric p::first-letter{text-transform:uppercase}
.metric details{padding-top:8px;font-size:13.5px}
.metric details th,.metric details td{padding:4px 8px 4px 0}
.metric summary,.metric .note{font-size:13px;color:var(--soft)}
.chart{display:block;width:100%;max-width:460px;height:auto;margin:8px 0 4px}
.chart text{font-size:10.5px;fill:var(--soft);font-family:inherit}
.chart .grid{stroke:var(--line);stroke-width:1}
.chart .goal{stroke:var(--grey);stroke-width:1.2;stroke-dasharray:4 3}
.chart .line{fill:none;stroke:var(--blue);stroke-width:1.8;stroke-linejoin:round}
.chart .dot,.chart .column{fill:var(--blue)}
.level{display:grid;grid-template-columns:110px 1fr 250px;gap:6px 14px;align-items:center;padding:6px 0}
#definitions dt{font-weight:600;margin-top:10px}#definitions dd{margin:2px 0 0}
@media (max-width:640px){.level{grid-template-columns:1fr}.level .bar{margin-bottom:8px}
.wide{overflow-x:auto}.small{display:none}
#targets tr{display:flex;flex-wrap:wrap;gap:2px 12px;padding:9px 14px;border-bottom:1px solid var(--line)}
#targets tr:first-child{display:none}#targets td{padding:0;border:0}#targets td:first-child{width:100%}}
`;
