import { LiveView } from "../../components/dynamic/liveView";
import { readFacts } from "../../components/preflight/readFacts";
import { loadConfiguration } from "../../configuration/load";
import { preflight } from "../../preflight/run";
import { withVCenter } from "../../vcenter";
import { defineCommand } from "../program";
import { UserError } from "../run";
import { formats, formatted, type Format } from "./formats";
import { stackConfiguration, userAgent } from "./stack";

/** After how many milliseconds there is news. */
const patience = 2000;

/** `check`: whether Deckhouse could install in vCenter as it is now. */
export const check = defineCommand({
  name: "check",
  summary: "check whether Deckhouse could install in vCenter as it is now",
  description: [
    "Looks at vCenter once and says, check by check, whether it has what the stack's configuration and Deckhouse need. It " +
      "needs neither a state nor an engine's plugins, logs in once, and changes nothing.",
    "Tags and the role that `pulumi up` makes have to be there. Before the first `up`, --before-up leaves them out.",
  ],
  options: {
    stack: { value: "NAME", text: "the stack (default: the selected one)" },
    format: { value: "FORMAT", text: `${formats.join(", ")} (default: text)` },
    beforeUp: { text: "do not expect what `pulumi up` makes" },
  },
  examples: [
    ["npm run check -- --stack prod", "for people"],
    ["npm run check -- --stack prod --format junit > check.xml", "for a pipeline"],
    ["npm run check -- --stack prod --before-up", "before the first `pulumi up`"],
  ],
  environment: [
    ["PULUMI_STACK", "the stack, without --stack"],
    ["PULUMI_CONFIG_PASSPHRASE", "opens the secrets of the stack"],
    ["VSPHERE_SERVER, VSPHERE_USER, VSPHERE_PASSWORD", "vCenter, where the stack does not say"],
  ],
  exitCodes: [
    ["0", "Deckhouse could install: no check found an error"],
    ["1", "it could not, or nothing could be looked at: the output says why"],
  ],
  async action({ stack, format = "text", beforeUp = false }) {
    if (!isFormat(format)) {
      throw new UserError(
        `--format: found "${format}": there is no such form: write one of ${formats.join(", ")}`,
      );
    }
    const { configuration, connection, names } = loadConfiguration(await stackConfiguration(stack));
    const wanted = { configuration, names, isReady: !beforeUp };
    const news = setTimeout(() => {
      console.error(`Reading vCenter ${connection.server} ...`);
    }, patience);
    const facts = await withVCenter(connection, { userAgent: userAgent() }, (client) =>
      readFacts(new LiveView(client), wanted, connection.user),
    ).finally(() => {
      clearTimeout(news);
    });
    const report = preflight(wanted, facts);
    process.stdout.write(formatted(report, format, stack ?? "the selected stack"));
    return report.findings.some(({ severity }) => severity === "error") ? 1 : 0;
  },
});

function isFormat(text: string): text is Format {
  return (formats as readonly string[]).includes(text);
}
