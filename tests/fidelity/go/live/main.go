// Command live asks a running livekit-server where calls go, as a SIP service asks it: over Redis.
//
//	live -url http://127.0.0.1:7880 -key K -secret S -redis 127.0.0.1:6379
//
// It reads the questions of ../routing. For each it empties the store, creates the trunks and rules
// through the server's API, and puts the calls. Ids in the question become those that the server
// gave; the answer tells them, and in the server's words why it would not create something:
//
//	{"id": "7", "ids": {"ST_a": "ST_qB6…"}, "refused": {"ST_b": "Conflicting …"}, "calls": [{…}]}
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/twitchtv/twirp"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/psrpc"
)

type question struct {
	ID     string            `json:"id"`
	Trunks []json.RawMessage `json:"trunks"`
	Rules  []json.RawMessage `json:"rules"`
	Calls  []call            `json:"calls"`
}

type answer struct {
	ID      string            `json:"id"`
	IDs     map[string]string `json:"ids"`
	Refused map[string]string `json:"refused"`
	Calls   []route           `json:"calls"`
}

type server struct {
	ctx   context.Context
	store redis.UniversalClient
	api   livekit.SIP
	io    rpc.IOInfoClient
}

func connect(url, key, secret, store string) (*server, error) {
	token, err := auth.NewAccessToken(key, secret).SetSIPGrant(&auth.SIPGrant{Admin: true}).
		SetValidFor(time.Hour).ToJWT()
	if err != nil {
		return nil, err
	}
	ctx, err := twirp.WithHTTPRequestHeaders(context.Background(), http.Header{"Authorization": {"Bearer " + token}})
	if err != nil {
		return nil, err
	}
	client := redis.NewClient(&redis.Options{Addr: store})
	info, err := rpc.NewIOInfoClient(psrpc.NewRedisMessageBus(client))
	if err != nil {
		return nil, err
	}
	return &server{ctx, client, livekit.NewSIPProtobufClient(url, http.DefaultClient), info}, nil
}

func (s *server) reply(q question) (answer, error) {
	a := answer{ID: q.ID, IDs: map[string]string{}, Refused: map[string]string{}}
	if err := s.store.Del(s.ctx, "sip_inbound_trunk", "sip_dispatch_rule").Err(); err != nil {
		return a, err
	}
	for _, text := range q.Trunks {
		if err := s.createTrunk(text, a); err != nil {
			return a, fmt.Errorf("question %q: %w", q.ID, err)
		}
	}
	for _, text := range q.Rules {
		if err := s.createRule(text, a); err != nil {
			return a, fmt.Errorf("question %q: %w", q.ID, err)
		}
	}
	for _, c := range q.Calls {
		a.Calls = append(a.Calls, s.ask(c))
	}
	return a, nil
}

func (s *server) run(in io.Reader, out io.Writer) error {
	questions, answers := json.NewDecoder(bufio.NewReader(in)), json.NewEncoder(out)
	for {
		var q question
		if err := questions.Decode(&q); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		a, err := s.reply(q)
		if err != nil {
			return err
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
}

func main() {
	url := flag.String("url", "", "where the API of the server is")
	key := flag.String("key", "", "its API key")
	secret := flag.String("secret", "", "and the secret of that")
	store := flag.String("redis", "", "where its Redis is")
	flag.Parse()
	s, err := connect(*url, *key, *secret, *store)
	if err == nil {
		err = s.run(os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		os.Exit(1)
	}
}
