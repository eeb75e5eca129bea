/* Two-phase commit after Gray & Lamport: N resource managers (-DN=..), one
   transaction manager, messages are a growing set (never removed).
   State-for-state the same graph as the TLA+ TwoPhase specification.      */
#define WORKING   0
#define PREPARED  1
#define COMMITTED 2
#define ABORTED   3
#define P(i) tmPrepared[i]
#if N == 1
#define ALL P(0)
#elif N == 3
#define ALL (P(0) && P(1) && P(2))
#elif N == 5
#define ALL (P(0) && P(1) && P(2) && P(3) && P(4))
#elif N == 6
#define ALL (P(0) && P(1) && P(2) && P(3) && P(4) && P(5))
#elif N == 7
#define ALL (P(0) && P(1) && P(2) && P(3) && P(4) && P(5) && P(6))
#elif N == 8
#define ALL (P(0) && P(1) && P(2) && P(3) && P(4) && P(5) && P(6) && P(7))
#elif N == 9
#define ALL (P(0) && P(1) && P(2) && P(3) && P(4) && P(5) && P(6) && P(7) && P(8))
#endif
byte rm[N];              /* state of each resource manager                 */
byte tm;                 /* 0 = init, COMMITTED or ABORTED                 */
bit  tmPrepared[N];      /* the TM has received Prepared from r            */
bit  msgPrepared[N];     /* message Prepared(r) was sent                   */
bit  msgCommit, msgAbort;
byte b, c;               /* scratch of d_steps, 0 between steps            */

/* consistency: no RM aborted while another committed                      */
#define CHECK b = 0; c = 0; \
  do \
  :: b < N -> \
     if :: rm[b] == COMMITTED -> c = c | 1 \
        :: rm[b] == ABORTED   -> c = c | 2 \
        :: else fi; b++ \
  :: else -> break \
  od; \
  assert(c != 3); b = 0; c = 0

active [N] proctype RM()
{
end:
  do
  :: d_step { rm[_pid] == WORKING -> rm[_pid] = PREPARED; msgPrepared[_pid] = 1; CHECK }
  :: d_step { rm[_pid] == WORKING -> rm[_pid] = ABORTED; CHECK }
  :: d_step { msgCommit -> rm[_pid] = COMMITTED; CHECK }
  :: d_step { msgAbort  -> rm[_pid] = ABORTED; CHECK }
  /* TMRcvPrepared(r), indexed by r, so it is placed here                  */
  :: d_step { tm == 0 && msgPrepared[_pid] -> tmPrepared[_pid] = 1; CHECK }
  od
}

active proctype TM()
{
end:
  do
  :: d_step { tm == 0 && ALL -> tm = COMMITTED; msgCommit = 1; CHECK }
  :: d_step { tm == 0 -> tm = ABORTED; msgAbort = 1; CHECK }
  od
}
