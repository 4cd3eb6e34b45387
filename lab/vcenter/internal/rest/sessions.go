package rest

import (
	"sort"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Session is one REST login.
type Session struct {
	ID           string
	User         string
	UserAgent    string
	Created      time.Time
	LastAccessed time.Time
}

// Sessions is the list of open REST sessions. They never end by themselves, so that a test sees each one that was
// left behind. It is safe for concurrent use.
type Sessions struct {
	mutex sync.Mutex
	open  map[string]Session
}

// NewSessions returns an empty list.
func NewSessions() *Sessions {
	return &Sessions{open: map[string]Session{}}
}

// All returns the open sessions, oldest first.
func (sessions *Sessions) All() []Session {
	sessions.mutex.Lock()
	defer sessions.mutex.Unlock()
	all := make([]Session, 0, len(sessions.open))
	for _, session := range sessions.open {
		all = append(all, session)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Created.Before(all[j].Created) })
	return all
}

// ExpireAll ends every session.
func (sessions *Sessions) ExpireAll() {
	sessions.mutex.Lock()
	defer sessions.mutex.Unlock()
	clear(sessions.open)
}

func (sessions *Sessions) create(user, userAgent string) Session {
	now := time.Now().UTC()
	session := Session{ID: uuid.NewString(), User: user, UserAgent: userAgent, Created: now, LastAccessed: now}
	sessions.mutex.Lock()
	defer sessions.mutex.Unlock()
	sessions.open[session.ID] = session
	return session
}

func (sessions *Sessions) use(id string) (Session, bool) {
	sessions.mutex.Lock()
	defer sessions.mutex.Unlock()
	session, exists := sessions.open[id]
	if exists {
		session.LastAccessed = time.Now().UTC()
		sessions.open[id] = session
	}
	return session, exists
}

func (sessions *Sessions) remove(id string) {
	sessions.mutex.Lock()
	defer sessions.mutex.Unlock()
	delete(sessions.open, id)
}
