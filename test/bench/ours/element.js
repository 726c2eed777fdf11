/** The element as a host's bundler sees it: the default platform, the inline layout. */
import '../../../dist/define.js';
