package vim

import (
	"context"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// Sessions reads and ends the SOAP sessions, which the simulator keeps itself.
type Sessions struct {
	Access *Access
}

// All returns the open SOAP sessions.
func (sessions Sessions) All() []types.UserSession {
	manager, isManager := sessions.own().Get(sessions.reference()).(*simulator.SessionManager)
	if !isManager {
		return nil
	}
	return manager.SessionList
}

// ExpireAll ends every SOAP session: the next call of each gets NotAuthenticated.
func (sessions Sessions) ExpireAll() {
	var keys []string
	for _, session := range sessions.All() {
		keys = append(keys, session.Key)
	}
	call := &simulator.Context{Context: context.Background(), Map: sessions.Access.Map, Session: sessions.own()}
	sessions.Access.Map.SessionManager().TerminateSession(call, &types.TerminateSession{SessionId: keys})
}

// own makes a session that is not in the list: the simulator answers questions about sessions only to a session.
func (sessions Sessions) own() *simulator.Session {
	return &simulator.Session{Registry: simulator.NewRegistry(), Map: sessions.Access.Map}
}

func (sessions Sessions) reference() Reference {
	return *sessions.Access.content().SessionManager
}
