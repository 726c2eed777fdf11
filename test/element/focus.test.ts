import { expect, fixture, fixtureSync, html } from '@open-wc/testing';
import type { WearableConnect } from '../../src/element/wearable-connect.js';
import { states } from './fake.js';
import { around, prepare, press, textOf, widget } from './widget.js';

describe('element: focus', () => {
  it('goes to the heading when what it was on is drawn away', async () => {
    const of = await widget();
    press(of, 'Wahoo');
    await of.become(states.authorizing());
    expect(textOf(of.root.activeElement)).to.equal('Finish signing in');
  });

  it('stays in the widget all the way', async () => {
    const of = await widget();
    press(of, 'Wahoo');
    for (const phase of ['authorizing', 'confirming', 'syncing', 'connected'] as const) {
      await of.become(states[phase]());
      expect(of.root.activeElement?.localName, phase).to.equal('h2');
    }
  });

  it('comes back to the row that was pressed', async () => {
    const of = await widget();
    press(of, 'Wahoo');
    await of.become(states.authorizing({ source: 'wahoo' }));
    press(of, 'Cancel');
    await of.become(states.choosing());
    expect(of.root.activeElement?.getAttribute('data-source')).to.equal('wahoo');
  });

  it('stays on a button that is still there when the history is in', async () => {
    const of = await widget(states.syncing());
    const manage = of.root.querySelector<HTMLElement>('[data-act=manage]');
    manage?.focus();
    await of.become(states.connected());
    expect(of.root.activeElement).to.equal(manage);
  });

  it('is never taken from the page', async () => {
    const made = prepare();
    const outer = fixtureSync(html`<div><input aria-label="Elsewhere" /><wearable-connect client-id="app"></wearable-connect></div>`);
    const of = around(outer.querySelector('wearable-connect') as WearableConnect, made);
    await of.element.updateComplete;
    outer.querySelector('input')?.focus();
    for (const phase of ['authorizing', 'confirming', 'syncing', 'connected', 'failed'] as const) {
      await of.become(states[phase]());
      expect(document.activeElement?.localName, phase).to.equal('input');
    }
  });

  it('is not taken from the page by an attempt that began with a press', async () => {
    const made = prepare();
    const outer = fixtureSync(html`<div><input aria-label="Elsewhere" /><wearable-connect client-id="app"></wearable-connect></div>`);
    const of = around(outer.querySelector('wearable-connect') as WearableConnect, made);
    await of.element.updateComplete;
    press(of, 'Wahoo');
    outer.querySelector('input')?.focus();
    await of.become(states.authorizing());
    expect(document.activeElement?.localName).to.equal('input');
  });

  it('is not taken on arrival either', async () => {
    await widget(states.connected());
    expect(document.activeElement).to.equal(document.body);
  });

  it('is led where a press left it nowhere, as Safari does', async () => {
    const of = await widget();
    // A press that focuses nothing.
    of.root.querySelector<HTMLButtonElement>('[data-source=wahoo]')?.click();
    await of.become(states.authorizing());
    expect(of.root.activeElement?.localName).to.equal('h2');
  });

  it('finds another place where the page replaced the heading', async () => {
    const made = prepare();
    const element = await fixture<WearableConnect>(html`<wearable-connect client-id="app"><b slot="header">Ours</b></wearable-connect>`);
    const of = around(element, made);
    press(of, 'Wahoo');
    await of.become(states.authorizing());
    expect(of.root.activeElement?.className).to.equal('body');
  });
});
