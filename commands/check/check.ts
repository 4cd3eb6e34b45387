import { preflightWarnings } from "../../configuration";
import { loadConfiguration } from "../../configuration/load";
import { findingTexts } from "../../findings/finding";
import { turnedOff } from "../../preflight/withoutFacts";
import { defineCommand } from "../program";
import { UserError } from "../run";
import { formats, formatted, type Format } from "./formats";
import { look } from "./look";
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
    ["1", "it could not, or vCenter could not be looked at: the report says why"],
  ],
  async action({ stack, format = "text", beforeUp = false }) {
    if (!isFormat(format)) {
      throw new UserError(
        `--format: found "${format}": there is no such form: write one of ${formats.join(", ")}`,
      );
    }
    const { configuration, connection, names } = loadConfiguration(await stackConfiguration(stack));
    if (configuration.isPreflightOff) {
      console.error(findingTexts([...preflightWarnings(configuration)]).join("\n"));
      process.stdout.write(formatted(turnedOff(), format, stack ?? "the selected stack"));
      return 1;
    }
    // This command has no state. Before the first up there is nothing that a state could hold.
    const earlier = beforeUp ? ("none" as const) : ("unknown" as const);
    const wanted = { configuration, names, isReady: !beforeUp, isPreview: false, earlier };
    const news = setTimeout(() => {
      console.error(`Reading vCenter ${connection.server} ...`);
    }, patience);
    const report = await look(wanted, connection, userAgent()).finally(() => {
      clearTimeout(news);
    });
    process.stdout.write(formatted(report, format, stack ?? "the selected stack"));
    return report.findings.some(({ severity }) => severity === "error") ? 1 : 0;
  },
});

function isFormat(text: string): text is Format {
  return (formats as readonly string[]).includes(text);
}
