import { sendJson, type Exchange } from '../web.js';
import { activitiesOf, type Activity } from './activities.js';
import { detailsJson, summaryJson } from './activity-json.js';
import { sendDetail, sendInvalid, sendJsonAnswer, withBearer } from './endpoint.js';
import type { World } from './world.js';

/** A sport asked for stands for itself and for what is below it: `cycling` finds `cycling.road`. */
const fits = (sport: string, wanted: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some((want) => sport === want || sport.startsWith(`${want}.`) || sport.startsWith(`${want}+`));

function take<Item>(items: Iterable<Item>, count: number, skip: number, keep: (item: Item) => boolean): Item[] {
  const taken: Item[] = [];
  for (const item of items) {
    if (!keep(item)) continue;
    if (skip-- > 0) continue;
    if (taken.length >= count) break;
    taken.push(item);
  }
  return taken;
}

export const answerLatest = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'latest', ['data:read'], ({ account, faults }) => {
    const sports = exchange.url.searchParams.getAll('sport');
    const [latest] = faults.latestNull ? [] : take(activitiesOf(world, account, faults), 1, 0, ({ sport }) => fits(sport, sports));
    if (latest === undefined) sendJson(exchange, 200, null);
    else sendJsonAnswer(exchange, faults, detailsJson(latest, faults));
  });

const dateOf = (activity: Activity): string => new Date(activity.start).toISOString().slice(0, 10);

export const answerActivities = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'activities', ['data:read'], ({ account, faults }) => {
    const query = exchange.url.searchParams;
    for (const name of ['limit', 'offset']) {
      if (!/^\d{1,6}$/.test(query.get(name) ?? '0')) {
        return sendInvalid(
          exchange, ['query', name], 'Input should be a valid integer, unable to parse string as an integer', 'int_parsing',
        );
      }
    }
    for (const name of ['start', 'end']) {
      if (!/^\d{4}-\d\d-\d\d$/.test(query.get(name) ?? '2020-01-01')) {
        return sendInvalid(exchange, ['query', name], 'Input should be a valid date', 'date_from_datetime_parsing');
      }
    }
    const [start, end] = [query.get('start') ?? '', query.get('end') ?? '9999'];
    const [sports, tags] = [query.getAll('sport'), query.getAll('tags')];
    const found = take(
      activitiesOf(world, account, faults), Number(query.get('limit') ?? 50), Number(query.get('offset') ?? 0),
      // Nothing here is tagged, so asking for a tag finds nothing.
      (activity) => tags.length === 0 && fits(activity.sport, sports) && dateOf(activity) >= start && dateOf(activity) <= end,
    );
    sendJson(exchange, 200, found.map((activity) => summaryJson(activity, faults)));
  });

export const answerActivity = (world: World, exchange: Exchange): Promise<void> =>
  withBearer(world, exchange, 'activities', ['data:read'], ({ account, faults }) => {
    const { id } = exchange.params;
    const [found] = take(activitiesOf(world, account, faults), 1, 0, (activity) => activity.id === id);
    if (found === undefined) return sendDetail(exchange, 404, 'Activity not found');
    sendJson(exchange, 200, detailsJson(found, faults));
  });
