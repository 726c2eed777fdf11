/**
 * What happens in Redis in one step each, since its scripts are atomic. The keys of a user lie in one slot of a cluster (`{…}`):
 *
 * 1. `lease`: the word of who leads, for as long as they renew it
 * 2. `page`: a hash of the epoch, the number of its last post, the count of nudges, and what the watch noted
 * 3. `posts`: a stream of the latest posts, `number-0` each; one without an event says that its subject does not hold any more
 * 4. `picture`: a hash, by subject, of `number event data`
 * 5. `due`: there while the picture may be shown; lives a little longer than it is until the next look
 *
 * They hold what browsers may see of this user, and expire when nobody listens.
 */
export const keyNames = ['lease', 'page', 'posts', 'picture', 'due'] as const;

/** ARGV: lease, take, ms of the lease, ms that are kept, known epoch, known number, turn, new epoch. */
export const meetScript = `
local epoch = redis.call('HGET', KEYS[2], 'epoch')
local number = tonumber(redis.call('HGET', KEYS[2], 'number') or '0')
-- Nothing is there, or an older copy of it than has been seen, or somebody had to go on without.
if not epoch or (epoch == ARGV[5] and (ARGV[7] == '1' or tonumber(ARGV[6]) > number)) then
  redis.call('DEL', KEYS[3], KEYS[4], KEYS[5])
  epoch = ARGV[8]
  number = 0
  redis.call('HSET', KEYS[2], 'epoch', epoch, 'number', '0')
  redis.call('HINCRBY', KEYS[2], 'nudges', 1)
end
local leads = 0
local holder = redis.call('GET', KEYS[1])
if holder == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  leads = 1
elseif not holder and ARGV[2] == '1' then
  redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[3])
  leads = 1
end
local whole = 1
local posts = {}
local picture = {}
if epoch == ARGV[5] then
  posts = redis.call('XRANGE', KEYS[3], string.format('%.0f', tonumber(ARGV[6]) + 1), '+')
  -- Fewer than there were: the stream has forgotten some.
  if #posts == number - tonumber(ARGV[6]) then whole = 0 end
end
if whole == 1 then
  posts = redis.call('XRANGE', KEYS[3], '-', '+')
  picture = redis.call('HGETALL', KEYS[4])
end
for index = 2, 4 do redis.call('PEXPIRE', KEYS[index], ARGV[4]) end
local notes = ''
if leads == 1 or whole == 1 then notes = redis.call('HGET', KEYS[2], 'notes') or '' end
return { epoch, string.format('%.0f', number), leads, redis.call('HGET', KEYS[2], 'nudges'), redis.call('PTTL', KEYS[5]), notes, whole, posts, picture }
`;

/** ARGV: lease, epoch, known number, nudges, ms that are kept, ms of due, most posts, notes; then subject, event, data of each post. */
export const tellScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
local page = redis.call('HMGET', KEYS[2], 'epoch', 'number', 'nudges')
if page[1] ~= ARGV[2] or page[3] ~= ARGV[4] or tonumber(page[2]) < tonumber(ARGV[3]) then return 'stale' end
local number = tonumber(page[2])
for index = 9, #ARGV, 3 do
  local about, event, data = ARGV[index], ARGV[index + 1], ARGV[index + 2]
  local new
  if event == '' then
    new = redis.call('HDEL', KEYS[4], about) == 1
  else
    local told = redis.call('HGET', KEYS[4], about)
    new = not told or string.sub(told, string.find(told, ' ', 1, true) + 1) ~= event .. ' ' .. data
  end
  if new then
    number = number + 1
    local id = string.format('%.0f', number)
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[7], id .. '-0', 'about', about, 'event', event, 'data', data)
    if event ~= '' then redis.call('HSET', KEYS[4], about, id .. ' ' .. event .. ' ' .. data) end
  end
end
redis.call('HSET', KEYS[2], 'number', string.format('%.0f', number), 'notes', ARGV[8])
redis.call('SET', KEYS[5], '1', 'PX', ARGV[6])
for index = 2, 4 do redis.call('PEXPIRE', KEYS[index], ARGV[5]) end
return 'told'
`;

/** ARGV: most posts; then the subjects. Where nobody listens, nothing is stale. */
export const nudgeScript = `
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'nudges', 1)
redis.call('DEL', KEYS[5])
for index = 2, #ARGV do
  if redis.call('HDEL', KEYS[4], ARGV[index]) == 1 then
    local id = redis.call('HINCRBY', KEYS[2], 'number', 1)
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[1], string.format('%.0f', id) .. '-0', 'about', ARGV[index], 'event', '', 'data', '')
  end
end
return 1
`;

/** ARGV: lease. */
export const leaveScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`;
