namespace Semblance.Evaluation.Reporting;

/// <summary>How the page and its drawings look: light, dark and on paper.</summary>
internal static class ReportStyle
{
    /// <summary>Colours. Text has a contrast of 4.5 at least on every ground, lines of 3.</summary>
    private const string Light =
        "--ground:#fbfaf8;--card:#fff;--ink:#1c2430;--soft:#566174;--line:#e3e0da;--accent:#1d5fa8;--accent-soft:#e8f0f9;"
        + "--warn:#a3370b;--warn-soft:#fcefe7;--heat:#d9480f;"
        + "--s0:#1d5fa8;--s1:#c2410c;--s2:#0f766e;--s3:#7c3aed;--s4:#a16207;--s5:#be185d;";

    private const string Dark =
        "--ground:#10151d;--card:#18202b;--ink:#e8edf4;--soft:#a3b0c2;--line:#2c3746;--accent:#7db7f5;--accent-soft:#1b2d44;"
        + "--warn:#ffb08a;--warn-soft:#38241a;--heat:#ff7a3d;"
        + "--s0:#7db7f5;--s1:#ff9d66;--s2:#5fd3c4;--s3:#bda4ff;--s4:#e2bd5a;--s5:#ff8fbd;";

    private const string Chart = """
        .chart{display:block;width:100%;height:auto;font:13px system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
        .chart .grid{stroke:var(--line);stroke-width:1}
        .chart .tick,.chart .group,.chart .legend{fill:var(--soft)}
        .chart .group{fill:var(--ink)}
        .chart .axis{fill:var(--soft);font-weight:600}
        .chart .diagonal{stroke:var(--soft);stroke-width:1.2;stroke-dasharray:2 5}
        .chart .line{fill:none;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}
        .chart .line.s0{stroke:var(--s0)}.chart .line.s1{stroke:var(--s1);stroke-dasharray:7 4}
        .chart .line.s2{stroke:var(--s2);stroke-dasharray:2 5}
        .chart .line.s3{stroke:var(--s3);stroke-dasharray:10 4 2 4}.chart .line.s4{stroke:var(--s4)}.chart .line.s5{stroke:var(--s5)}
        .chart .dot{stroke:var(--card);stroke-width:1.5}
        .chart .dot.s0{fill:var(--s0)}.chart .dot.s1{fill:var(--s1)}.chart .dot.s2{fill:var(--s2)}.chart .dot.s3{fill:var(--s3)}
        .chart .dot.s4{fill:var(--s4)}.chart .dot.s5{fill:var(--s5)}
        .chart .mark{fill:var(--card);stroke:var(--warn);stroke-width:3}
        .chart .marktext{fill:var(--warn);font-weight:600}
        .chart .whisker{stroke:var(--s0);stroke-width:3;opacity:.45;stroke-linecap:round}
        .chart .value{fill:var(--s0)}
        .chart .bound{stroke:var(--s0);stroke-width:2.5;fill:none}
        .chart .reference{stroke:var(--warn);stroke-width:1.6;stroke-dasharray:5 4}
        .chart .reftext{fill:var(--warn);font-weight:600}
        .chart .faint{opacity:.35}.chart text.faint{opacity:.75}
        """;

    /// <summary>Style of a drawing that stands alone.</summary>
    public static string ForDrawings { get; } = $":root{{{Light}}}svg{{background:var(--card)}}{Chart}";

    /// <summary>Style of the page.</summary>
    public static string ForPage { get; } =
        $":root{{color-scheme:light dark;{Light}}}@media (prefers-color-scheme:dark){{:root{{{Dark}}}}}"
        + $"@media print{{:root{{color-scheme:light;{Light}--ground:#fff;}}}}"
        + """

            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%}
            body{margin:0;background:var(--ground);color:var(--ink);
              font:16px/1.6 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
              font-variant-numeric:tabular-nums}
            a{color:var(--accent)}
            h1,h2,h3{line-height:1.2;letter-spacing:-.012em;text-wrap:balance}
            h1{font-size:clamp(1.9rem,4.5vw,2.9rem);margin:.2em 0 .3em;font-weight:750}
            h2{font-size:clamp(1.35rem,2.6vw,1.75rem);margin:0 0 .35em;font-weight:700}
            h3{font-size:1.02rem;margin:1.9em 0 .5em;font-weight:650}
            p{margin:.5em 0;max-width:72ch}
            .page{max-width:1180px;margin:0 auto;padding:0 22px 70px;display:grid;grid-template-columns:210px minmax(0,1fr);gap:0 44px}
            header{grid-column:1/-1;padding:56px 0 30px;border-bottom:1px solid var(--line);margin-bottom:34px}
            .kicker{color:var(--accent);font-weight:650;letter-spacing:.07em;text-transform:uppercase;font-size:.76rem}
            .meta{color:var(--soft);font-size:.92rem}
            nav{position:sticky;top:18px;align-self:start;font-size:.9rem;max-height:calc(100vh - 36px);overflow:auto}
            nav ol{list-style:none;margin:0;padding:0}
            nav a{display:block;padding:5px 0 5px 12px;border-left:2px solid var(--line);color:var(--soft);text-decoration:none;
              line-height:1.35}
            nav a:hover,nav a:focus-visible{color:var(--accent);border-color:var(--accent)}
            main{min-width:0}
            section{margin:0 0 34px;padding:28px 30px 30px;background:var(--card);border:1px solid var(--line);border-radius:16px}
            .finding{font-size:1.09rem;font-weight:500}
            .protocol,.caption,.note{color:var(--soft);font-size:.93rem}
            .tags{display:flex;flex-wrap:wrap;gap:6px;margin:.2em 0 .8em;padding:0;list-style:none}
            .tags li{font-size:.76rem;padding:2px 9px;border-radius:99px;background:var(--accent-soft);color:var(--accent);font-weight:550}
            .summary ul{padding-left:1.15em;margin:.4em 0}.summary li{margin:.45em 0;max-width:74ch;font-size:1.06rem}
            .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(47%,176px),1fr));gap:12px;margin:18px 0 6px}
            .tile{padding:14px 16px;border:1px solid var(--line);border-radius:12px;background:var(--ground)}
            .tile b{display:block;font-size:1.5rem;line-height:1.2;font-weight:700;letter-spacing:-.02em}
            .tile span{display:block;font-size:.85rem;color:var(--soft);line-height:1.35;margin-top:3px}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:22px;margin-top:10px}
            figure{margin:0;min-width:0}
            figcaption{font-size:.88rem;color:var(--soft);margin-top:4px}
            figcaption b{color:var(--ink)}
            .scroll{overflow-x:auto;margin:8px 0;border-radius:8px}
            .scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
            table{border-collapse:collapse;width:100%;font-size:.9rem}
            caption{text-align:left;font-weight:650;padding:0 0 8px;font-size:1rem}
            th,td{padding:7px 11px;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap}
            th:first-child,td:first-child{text-align:left;padding-left:2px}
            td.words{text-align:left;white-space:normal;min-width:13em}
            thead th{color:var(--soft);font-weight:600;font-size:.82rem;vertical-align:bottom;white-space:normal}
            tbody th{font-weight:550}
            td.worst{color:var(--warn);font-weight:700}
            .matrix td{text-align:center;border:1px solid var(--card);
              background:color-mix(in srgb,var(--heat) calc(var(--v,0)*34%),var(--ground))}
            .matrix td.worst{color:var(--ink);outline:2px solid var(--warn);outline-offset:-2px}
            .notes{margin:14px 0 0;padding:12px 16px 12px 32px;border-radius:12px;background:var(--warn-soft);font-size:.93rem}
            .notes li{margin:.3em 0;max-width:74ch}
            .sets{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,380px),1fr));gap:4px 34px}
            .sets h3{margin:1.2em 0 .2em}.sets p{font-size:.92rem;margin:.25em 0}.sets code{font-size:.78em}
            .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:16px}
            .pictures figure{padding:10px;border:1px solid var(--line);border-radius:12px}
            .pictures img{width:calc(50% - 3px);border-radius:7px;display:inline-block;margin-right:3px}
            .pictures img:only-of-type{width:60%}
            dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 20px;font-size:.93rem}
            dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
            code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
            .skip{position:absolute;left:-999px}.skip:focus{left:12px;top:12px;background:var(--card);padding:8px 14px;z-index:2}
            footer{grid-column:1/-1;color:var(--soft);font-size:.88rem;border-top:1px solid var(--line);padding-top:18px}
            @media (max-width:900px){.page{display:block;padding:0 14px 50px}nav{position:static;margin:0 0 26px;max-height:none}
              nav ol{columns:2;column-gap:18px}header{padding:34px 0 20px;margin-bottom:22px}
              section{padding:20px 16px 22px;border-radius:13px}
              dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 9px}}
            @page{size:A4;margin:15mm 14mm 17mm}
            @media print{body{font-size:10pt;background:#fff}.page{display:block;max-width:none;padding:0}nav,.skip{display:none}
              header{padding:0 0 12pt;margin-bottom:14pt}section{border:0;padding:0 0 6pt;margin:0 0 16pt;border-radius:0}
              h2{break-after:avoid;border-top:1.2pt solid var(--ink);padding-top:7pt}h3{break-after:avoid}
              figure,.tile,.notes,tr,.pictures figure{break-inside:avoid}.charts{grid-template-columns:1fr 1fr;gap:10pt}
              .tiles{grid-template-columns:repeat(4,1fr);gap:6pt}.tile{padding:7pt 9pt}.tile b{font-size:14pt}
              .scroll{overflow:visible;break-inside:avoid}table{font-size:7.4pt}th,td{padding:3pt 4pt}td.words,th{white-space:normal}
              td.words{min-width:0}thead{display:table-header-group}.sets{grid-template-columns:1fr 1fr}
              caption{font-size:9.5pt}.chart{font-size:13px}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}

            """
        + Chart;
}
