package vim

import "github.com/vmware/govmomi/simulator"

// Internal is the user name of calls that the lab makes itself, in process: the inventory builder and the control
// endpoint. Nobody can log in with an empty name.
const Internal = ""

// Caller returns the user who makes a call.
func Caller(ctx *simulator.Context) string {
	if ctx.Session == nil {
		return Internal
	}
	return ctx.Session.UserName
}
