/** The style of the page; its hash stands in the page's policy, so there is no style at any element. */
export const STYLE = String.raw`
:root{color-scheme:light dark;--bg:#fff;--panel:#f5f6f8;--ink:#14171b;--soft:#545d69;--line:#d8dce2;--link:#0a56a6;--focus:#0a56a6;--mark:#ffe08a;--mark-ink:#14171b;
--works:#14692c;--works-bg:#e4f4e8;--changes:#0b5796;--changes-bg:#e3eefa;--degraded:#7a4c00;--degraded-bg:#fcf0d6;--fails:#a5151f;--fails-bg:#fce8e8;--build:#82123f;--build-bg:#f8e3ec;--unknown:#4c5560;--unknown-bg:#eceef1}
@media screen and (prefers-color-scheme:dark){:root{--bg:#101317;--panel:#191e24;--ink:#e9ecf0;--soft:#a5afbb;--line:#313943;--link:#84bdff;--focus:#84bdff;--mark:#6a5410;--mark-ink:#fff3c9;
--works:#7ed894;--works-bg:#12301c;--changes:#8dc5ff;--changes-bg:#11293f;--degraded:#f1c266;--degraded-bg:#34280c;--fails:#ff9d97;--fails-bg:#401a1b;--build:#ff9fc2;--build-bg:#3e152a;--unknown:#b9c2cd;--unknown-bg:#262c34}}
*{box-sizing:border-box}
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
body>header,main,footer,nav ul{max-width:74rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
h1,h2,h3,h4,p,ul,ol,dl,dd{margin:0}ul,ol{padding:0;list-style:none}
h1{font-size:clamp(2rem,6vw,3.25rem);line-height:1.08;letter-spacing:-.025em;font-weight:750;overflow-wrap:anywhere}
h2{font-size:1.5rem;line-height:1.2;letter-spacing:-.015em;margin:0 0 1rem}
h3{font-size:1.125rem;line-height:1.35}h4{font-size:1rem;font-weight:600;line-height:1.45;overflow-wrap:anywhere}
code,pre,.version,.via{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{font-size:.875em;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.18em}a b{font-weight:650}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
[hidden]{display:none!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--bg);padding:.5rem 1rem;z-index:3}.skip:focus{top:.5rem}
.version{font-size:.85em;font-weight:400;color:var(--soft)}
.brand{font-weight:700;letter-spacing:.01em;padding:1.75rem 0 1.25rem}.brand span{font-weight:400;color:var(--soft)}
.lead{font-size:clamp(1.15rem,3vw,1.5rem);line-height:1.35;margin:.6rem 0 1.5rem}
header>p:last-of-type{max-width:60rem}
.context{display:flex;flex-wrap:wrap;gap:.25rem 2rem;margin:1rem 0 1.5rem;font-size:.9375rem}.context div{display:flex;gap:.5rem}.context dt{color:var(--soft)}.context dd{font-weight:600;overflow-wrap:anywhere}
.mark{width:1em;height:1em;flex:none;fill:currentColor;vertical-align:-.13em}
.mark .k,symbol .k{fill:none;stroke:var(--bg);stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
symbol .o{fill:none;stroke:currentColor;stroke-width:1.6;stroke-dasharray:2.6 1.9}symbol .q{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round}
.v-works{color:var(--works)}.v-changes{color:var(--changes)}.v-degraded{color:var(--degraded)}.v-fails{color:var(--fails)}.v-no-build{color:var(--build)}.v-unknown{color:var(--unknown)}
.verdict{font-weight:600;white-space:nowrap}
.strip{display:grid;grid-template-columns:repeat(4,1fr);gap:.5rem;margin-bottom:1.5rem}
.strip li{padding:.7rem .8rem;border-radius:.5rem;line-height:1.35}.strip b{display:block;color:var(--ink);font-weight:650}.strip b span{color:var(--soft);font-weight:400;font-size:.875em}.strip .verdict{font-size:.9375rem;white-space:normal}
.strip .v-works,.l-repaired{background:var(--works-bg)}.strip .v-changes{background:var(--changes-bg)}.strip .v-degraded{background:var(--degraded-bg)}.strip .v-fails{background:var(--fails-bg)}.strip .v-no-build{background:var(--build-bg)}.strip .v-unknown{background:var(--unknown-bg)}
.strip li .verdict{background:none}
nav{position:sticky;top:0;z-index:2;background:var(--bg);border-block:1px solid var(--line)}
nav ul{display:flex;gap:clamp(.9rem,4vw,2rem);overflow-x:auto}nav a{display:block;padding:.7rem 0;text-decoration:none;white-space:nowrap;font-weight:600}nav a:hover{text-decoration:underline}
main>section{padding:2.25rem 0 .25rem}
.whys{display:grid;gap:1.5rem}.why{padding-left:1rem;border-left:4px solid currentColor}.why>*{color:var(--ink)}.why h3{margin-bottom:.35rem;display:flex;flex-wrap:wrap;gap:.1rem .75rem}
.why li{padding:.15rem 0;overflow-wrap:anywhere}.why a{font-weight:650}.why .note{margin-top:.35rem;color:var(--soft)}
.taxa{font-size:.8125rem;font-weight:600;color:var(--soft);white-space:nowrap}
summary{cursor:pointer;list-style-position:outside}summary:hover{background:var(--panel)}
.why summary,.legend summary,#gaps summary,#notices summary{color:var(--link);width:fit-content;list-style-position:inside;padding:.15rem 0}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.5rem .6rem;border-bottom:1px solid var(--line);font-weight:400}thead th{color:var(--soft);font-size:.8125rem;vertical-align:bottom;line-height:1.25}
thead small{display:block;font-size:1em}.cell .mark{width:1.25rem;height:1.25rem;display:block}.n{text-align:right}.own{font-size:.75rem;font-weight:600;border:1px solid var(--line);border-radius:1rem;padding:.05rem .45rem;color:var(--soft)}
tbody th{overflow-wrap:break-word;min-width:8rem}tbody tr:hover{background:var(--panel)}
#crates p{margin-top:.75rem;color:var(--soft)}.legend{margin-top:.75rem}.legend h3{font-size:.9375rem;margin:.75rem 0 .25rem}.legend ul{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.25rem 2rem;font-size:.9375rem}
.tree,.tree ul{display:grid;gap:.3rem}.tree ul{margin:.3rem 0 .3rem .6rem;padding-left:1rem;border-left:1px solid var(--line)}.tree .verdict{font-weight:500}.tree summary,.tree .leaf{padding-left:1.35rem;overflow-wrap:anywhere}.tree summary{list-style:none;position:relative;border-radius:.25rem}.tree summary::-webkit-details-marker{display:none}
.tree summary::before{content:"";position:absolute;left:.3rem;top:.5em;width:.4rem;height:.4rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg)}.tree details[open]>summary::before{transform:rotate(45deg)}
.tree .fine summary,.also,.count{color:var(--soft);font-size:.9375rem}.tree .also{margin-left:1.35rem}.tree .leaf .also{margin-left:0}.tree .fine p{padding:.25rem 0 .5rem 1.35rem;font-size:.9375rem;overflow-wrap:anywhere}.c{white-space:nowrap}.count{font-weight:400}
#filters{background:var(--panel);border-radius:.6rem;padding:1rem;margin-bottom:1.5rem}.controls{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.75rem}
label{font-size:.8125rem;font-weight:600;color:var(--soft)}select,input,button{font:inherit;color:var(--ink);background:var(--bg);border:1px solid var(--soft);border-radius:.4rem;min-height:2.5rem;padding:.3rem .6rem}
select,input{display:block;width:100%;min-width:0;margin-top:.2rem;font-size:1rem;font-weight:400}.shown{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.6rem;margin-top:.9rem;font-weight:600}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem}button{cursor:pointer;font-weight:600;font-size:.9375rem}button:hover:enabled{border-color:var(--link);color:var(--link)}button:disabled{opacity:.6;cursor:default}
.crate{padding:1.5rem 0 .75rem;content-visibility:auto;contain-intrinsic-size:auto 16rem}.crate>h3{font-size:1.25rem;display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .6rem;overflow-wrap:anywhere}.crate>h3 .verdict,.crate>h3 .count{font-size:.9375rem}.way{color:var(--soft);font-size:.9375rem;overflow-wrap:anywhere}
.group{border:1px solid var(--line);border-radius:.6rem;margin-top:.75rem;scroll-margin-top:4rem}.group>summary{padding:.75rem 1rem;border-radius:.6rem;list-style:none;display:block;position:relative;padding-left:2.4rem}.group>summary::-webkit-details-marker{display:none}
.group>summary::before{content:"";position:absolute;left:1.05rem;top:1.15rem;width:.45rem;height:.45rem;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg)}.group[open]>summary::before{transform:rotate(45deg)}
.group[open]>summary{border-radius:.6rem .6rem 0 0;border-bottom:1px solid var(--line)}
.level{display:inline-block;font-size:.8125rem;font-weight:700;padding:.05rem .5rem;border-radius:.3rem;margin-right:.25rem;background:var(--unknown-bg);color:var(--unknown)}.l-error{background:var(--fails-bg);color:var(--fails)}.l-warning{background:var(--degraded-bg);color:var(--degraded)}.l-note{background:var(--changes-bg);color:var(--changes)}.l-repaired{color:var(--works)}
.meta{display:flex;flex-wrap:wrap;gap:.1rem .9rem;color:var(--soft);font-size:.875rem;margin-top:.15rem}
.group dl{padding:.9rem 1rem .4rem;display:grid;gap:.5rem;max-width:62rem}.group dl div{display:grid;grid-template-columns:5.5rem 1fr;gap:.75rem}.group dt{color:var(--soft)}.group dd{overflow-wrap:anywhere}
.spots{padding:.4rem 1rem 1rem;display:grid;gap:1.25rem}.spot{min-width:0;scroll-margin-top:5rem;content-visibility:auto;contain-intrinsic-size:auto 10rem}.spot:target{outline:3px solid var(--focus);outline-offset:.4rem;border-radius:.2rem}
.where{display:flex;flex-wrap:wrap;gap:.1rem .9rem;align-items:baseline;overflow-wrap:anywhere}.where b{font-weight:650}.where code{color:var(--soft)}
pre{margin:.35rem 0;padding:.6rem 0;background:var(--panel);border-radius:.4rem;font-size:.875rem;line-height:1.5;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}pre code{font-size:1em}
.l{display:block;padding:0 .75rem 0 4.4rem;position:relative}.l::before{content:attr(data-n);position:absolute;left:0;width:3.6rem;text-align:right;color:var(--soft)}.here{background:var(--bg);box-shadow:inset 3px 0 var(--degraded)}
mark{background:var(--mark);color:var(--mark-ink);border-radius:.15rem;padding:.05em 0}
.notes{font-size:.9375rem;display:grid;gap:.15rem}.notes li{overflow-wrap:anywhere}.via{font-size:.8125rem}
#gaps ul,#notices ul{padding:.25rem 0 .75rem 1.1rem;display:grid;gap:.25rem;font-size:.9375rem;overflow-wrap:anywhere}
footer{border-top:1px solid var(--line);margin-top:3rem;padding-block:1.5rem 3rem;color:var(--soft);font-size:.9375rem}
@media (max-width:44rem){.strip{grid-template-columns:1fr 1fr}th,td{padding:.4rem .2rem}thead .host{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}thead small{display:inline}.cell .mark{width:1.1rem;height:1.1rem}
tr .way{display:none}tbody th{min-width:0;max-width:7.5rem;font-size:.9375rem}.group dl div{grid-template-columns:1fr;gap:0}.tree ul{margin-left:.5rem;padding-left:.45rem}nav a{font-size:.9375rem}tbody .version{display:block}.l{padding-left:3.1rem}.l::before{width:2.5rem}.spots,.group dl{padding-inline:.75rem}.controls{grid-template-columns:1fr 1fr}.controls div:last-child{grid-column:1/-1}}
@media (forced-colors:active){mark{outline:2px solid}.strip li,.level{border:1px solid}}
@media print{:root{--bg:#fff;--panel:#fff;--ink:#000;--soft:#444;--line:#bbb;--link:#000;--mark:#e6e6e6;--mark-ink:#000;color-scheme:light}
html{font-size:9.5pt}th,td{padding:.3rem .35rem}thead .host{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}thead small{display:inline}nav,.skip,.controls,.buttons{display:none!important}#filters{padding:0}.crate,.spot{content-visibility:visible}.group,.why,.strip li,tr,.spot{break-inside:avoid}.group[open]{break-inside:auto}h2,h3{break-after:avoid}a{text-decoration:none}.strip li{border:1px solid var(--line)}pre{border:1px solid var(--line)}.scroll{overflow:visible}*{print-color-adjust:exact}}
`;
