/**
 * The report's behaviour: a link into something folded opens it, and buttons open and close all.
 * Without it the report is complete; its hash stands in the page's policy, see `page.ts`.
 */
export const script = `
function reveal(){var id=decodeURIComponent(location.hash.slice(1));var at=id&&document.getElementById(id);
for(var up=at;up;up=up.parentElement)if(up.tagName==="DETAILS")up.open=true;if(at)at.scrollIntoView();}
addEventListener("hashchange",reveal);reveal();
document.addEventListener("click",function(event){var scope=event.target.dataset&&event.target.dataset.toggle;
if(!scope)return;var all=document.querySelectorAll("#"+scope+" details");
var open=!Array.prototype.every.call(all,function(one){return one.open});
all.forEach(function(one){one.open=open})});
`;
