/** The frame around the stories: this book is about one thing, and says which. */
import { addons } from 'storybook/manager-api';
import { create } from 'storybook/theming';

addons.setConfig({ theme: create({ base: 'light', brandTitle: 'wearable-connect', brandUrl: './', brandTarget: '_self' }) });
