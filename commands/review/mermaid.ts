import { visibleLine } from "../../findings/text";
import type { Mark } from "../../findings/change";
import type { PictureRegion } from "../../components/regionZoneTagging/changes/model";

/** With more nodes than this, nobody sees anything: then zones stand for what is in them. */
const mostNodes = 60;

const classes: Readonly<Record<Mark, string>> = {
  "+": ":::added",
  "-": ":::removed",
  "~": ":::changed",
  " ": "",
};

/** Colours that are readable on the light and the dark background of GitHub and GitLab. */
const classDefinitions = [
  "  classDef added fill:#1a7f37,stroke:#1a7f37,color:#ffffff",
  "  classDef removed fill:#cf222e,stroke:#cf222e,color:#ffffff,stroke-dasharray:4",
  "  classDef changed fill:#9a6700,stroke:#9a6700,color:#ffffff",
];

/**
 * The regions, zones, clusters and datastores as a flowchart in Mermaid, with what changes in colour.
 *
 * @param longest how many characters it may have
 * @returns undefined when there is nothing to draw, or too much even without clusters and datastores
 */
export function mermaidPicture(
  regions: readonly PictureRegion[],
  longest: number,
): string | undefined {
  return [drawn(regions, true), drawn(regions, false)]
    .filter(({ nodes }) => nodes > 0 && nodes <= mostNodes)
    .map(({ lines }) => ["flowchart LR", ...lines, ...classDefinitions].join("\n"))
    .find((picture) => picture.length <= longest);
}

function drawn(
  regions: readonly PictureRegion[],
  withObjects: boolean,
): { readonly nodes: number; readonly lines: readonly string[] } {
  let nodes = 0;
  const lines: string[] = [];
  const node = (label: string, mark: Mark, parent?: string): string => {
    const id = `n${nodes}`;
    nodes += 1;
    const arrow = parent === undefined ? "" : `${parent} ${mark === "-" ? "-.->" : "-->"} `;
    lines.push(`  ${arrow}${id}["${label}"]${classes[mark]}`);
    return id;
  };
  for (const region of regions) {
    const regionNode = node(`region ${escaped(region.name)}`, region.mark);
    for (const zone of region.zones) {
      const zoneNode = node(`zone ${escaped(zone.name)}`, zone.mark, regionNode);
      if (!withObjects) continue;
      for (const { kind, path, mark } of zone.objects) {
        node(`${kind} ${escaped(lastPart(path))}`, mark, zoneNode);
      }
    }
  }
  return { nodes, lines };
}

function lastPart(path: string): string {
  return path.split("/").at(-1) || path;
}

/**
 * Everything but letters, digits and what means nothing to Mermaid, as its entity codes: `#34;` for a quotation mark
 * (Mermaid, Flowcharts, "Entity codes to escape characters").
 */
function escaped(name: string): string {
  return Array.from(visibleLine(name).slice(0, 80), (character) =>
    /[\p{L}\p{N} _./-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
  ).join("");
}
