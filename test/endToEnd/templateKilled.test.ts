import { interruptAtTenMoments } from "../support/interruptedBuilds";

// The engine that was killed could not give its lock on the stack back.
interruptAtTenMoments("SIGKILL", (stack) => stack.run("cancel", "--yes"));
